"""Catalogs brought together: with the messages of today, and with another version of themselves."""
