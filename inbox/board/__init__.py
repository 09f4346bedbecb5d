"""The supervisors' board: what waits, who has how much, what goes wrong (PM-11, TS-7)."""
