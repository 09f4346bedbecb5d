"""Bare programs that do the least of what Kefu does, on the same server, database and machine."""
