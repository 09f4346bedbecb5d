"""Everything that happens before Django: finding Python, installing, building the client, running the tests.

Standard library only, because it runs while ``.venv`` does not exist yet. Started by the Makefile through
``start.sh``, which finds a fitting Python and runs this folder (see ``__main__.py``).
"""
