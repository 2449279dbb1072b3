"""HTML that the filters of other sites leave as it is."""
