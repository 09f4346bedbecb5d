"""Webhooks: their shapes, bytes and signatures, and the queue which delivers them."""
