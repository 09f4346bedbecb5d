"""Every webhook the platform can send, by field and event: what a business must take."""
