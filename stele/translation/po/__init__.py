"""PO files byte for byte: read, written, and changed only where they must be."""
