"""Business numbers, accounts and portfolios: their state, what it forbids, and what may befall them."""
