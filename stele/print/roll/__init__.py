"""Rolls of thousands of names, set by a small layout of their own; see `making`."""
