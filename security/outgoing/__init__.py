"""The one way out to an address that somebody gave: where Kefu may connect to, and a session that goes nowhere else."""
