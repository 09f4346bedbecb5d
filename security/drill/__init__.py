"""Phishing drills (SE-9): a mail that looks like an attack, a friendly page that teaches, and numbers."""
