"""Stele."""
