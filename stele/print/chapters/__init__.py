"""A booklet chapter by chapter: the HTML of a whole book in, its pieces laid out and written apart, and joined."""
