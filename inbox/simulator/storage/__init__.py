"""The state of the simulator in one SQLite file: plain functions over one locked connection."""
