"""Message templates: rules for creating them, review, quality, and their whole life."""
