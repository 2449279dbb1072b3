"""Messages, catalogs and what a translation may do to a document."""
