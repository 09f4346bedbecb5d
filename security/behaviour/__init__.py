"""Behaviour rules over the operation log (SE-8): read beside the writers, a few seconds after each commit."""
