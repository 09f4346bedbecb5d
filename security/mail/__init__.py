"""Mails to our own people: what they say (``letters``), how they look (``rendering``). Sent by ``actions.mails``."""
