"""What the inbox adds to a contact's card."""
