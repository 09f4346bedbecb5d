"""What the inbox adds to rules: messages and conversations as events and facts, and what can be done with them."""
