"""Giving out what waits: who can be given something (``rota``), who gets it and why (``choosing``). What is written is
in ``inbox/actions/dispatch.py``."""
