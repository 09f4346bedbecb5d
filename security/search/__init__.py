"""Finding words in what is encrypted (SE-7): an index of keyed hashes per region, its candidates opened and read.

``folding`` makes one spelling of what people read as the same, ``pieces`` cuts it, ``spelling`` says what of it is
indexed, ``keyed`` turns that into numbers under the region's key, ``index`` keeps them, ``asking`` understands what
somebody typed, ``hunting`` finds a page of it, ``excerpts`` shows where.
"""
