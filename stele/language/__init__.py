"""What is particular to a language or script: tags, direction, casing, spacing."""
