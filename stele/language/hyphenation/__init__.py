"""Words in, the places where a line may break them out: for languages that pyphen has no dictionary of.

`rules` knows them all; `turkic`, `georgian` and `armenian` say where syllables meet, as patterns; `rebuild` writes
those patterns into the dictionaries beside it, in the format of libhyphen, which pyphen reads.
"""
