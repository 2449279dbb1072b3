"""Records and prose in, what must not be printed as it is out: numbers without owners, words that judge, old dates."""
