"""A PDF and what it is made for in, what a printer would send it back for out."""
