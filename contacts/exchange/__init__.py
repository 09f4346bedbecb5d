"""What other systems tell us of contacts, products and orders, and what they are told."""
