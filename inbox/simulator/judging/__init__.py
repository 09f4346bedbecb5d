"""Judges of a business: what it may not do, found in what the simulator saw of it."""
