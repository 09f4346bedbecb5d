"""Shops that Kefu asks for their customers, orders and products: one small protocol, one adapter for each kind."""
