"""Catalogs read as a good editor reads them: one function for each check, each with a code and a severity by stage."""
