"""Looks at what was made, after it was made."""
