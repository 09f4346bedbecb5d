"""Numbers and contacts that are worth keeping: what is a number at all, who is dead, silent or there twice."""
