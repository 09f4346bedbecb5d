"""Takes one guard at a time out of a copy of the source and requires a test to notice: ``make mutations``."""
