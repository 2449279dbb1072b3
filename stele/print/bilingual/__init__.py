"""One booklet in two languages: in two columns, block beside block, or on facing pages, spread after spread."""
