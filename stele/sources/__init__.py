"""What people hand in: the project, its documents, its markup, its images, its templates."""
