"""Contacts and orders from files people have: what a file holds, what its columns mean, and taking it in (CM-3)."""
