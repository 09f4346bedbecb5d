"""Fuzzing: generated requests, webhooks and frames against the real product. See ``docs/fuzzing.md``."""
