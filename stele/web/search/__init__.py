"""The search of the site: sections of what pages show, with names and dates; an index of them in shards; its page."""
