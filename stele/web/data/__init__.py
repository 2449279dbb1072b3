"""What everybody may know of the ledger in, files for other programs out: JSON, tables, linked data, TEI."""
