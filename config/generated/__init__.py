"""Files that are made from the code and committed, so that a reader and the client's compiler have them.

Each maker returns ``{path relative to the project: text}``; ``manage.py generate`` writes them, ``--check`` compares.
"""
