"""Booklets on sheets of paper: folded, gathered, laid out, marked, and explained to who prints them."""
