"""Numbers and contacts that are worth keeping: what is a number at all, which are dead or silent, who is there twice."""
