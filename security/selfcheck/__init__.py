"""The security self-check (SE-9): is this installation set up and kept as it should be?"""
