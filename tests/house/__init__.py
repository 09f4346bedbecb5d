"""Kefu as its users run it, for tests and benches that look at it from outside: real processes, a database of its own.

``house`` starts, stops and kills the processes; ``furnish`` fills an empty database with a small, plain world.
"""
