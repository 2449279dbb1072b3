"""Names and a language in, their order and the letters under which they stand out."""
