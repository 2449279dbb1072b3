"""A booklet in RGB in, the PDF/X for a print shop out."""
