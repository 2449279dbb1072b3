"""Translations that exist already, brought into catalogs: aligned from Markdown, or re-keyed."""
