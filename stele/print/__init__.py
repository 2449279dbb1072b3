"""Booklets: composed, rendered, finished, imposed."""
