"""Searching messages and notes: what of them is searched, how it gets into the index and out of it, who finds what."""
