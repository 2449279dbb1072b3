"""Books for e-readers: EPUB 3.3."""
