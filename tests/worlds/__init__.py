"""Builders: small vocabularies that make what a test is about, through the real actions and real HTTP."""
