"""The one-process default: web server, Celery worker, beat and simulator in one process on SQLite."""
