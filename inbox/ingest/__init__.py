"""From a webhook's bytes to messages: ``endpoint`` verifies, stores and answers; ``drainer`` applies, in order."""
