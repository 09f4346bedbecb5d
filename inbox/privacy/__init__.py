"""What the inbox keeps of a contact: said to ``contacts.privacy``, which exports, erases and merges it."""
