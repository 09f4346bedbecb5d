"""Message templates, linter, review queue, campaigns and A/B tests."""
