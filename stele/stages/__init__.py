"""The stages of the stories that the pipeline tells: each takes the telling and what the stage before it left."""
