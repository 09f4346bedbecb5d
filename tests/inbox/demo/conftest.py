"""One demo world for all tests of this folder: making it takes seconds, and they only read it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import override_settings

from security.access import System
from security.actions.levels import sync_levels

PASSWORD = "a demo password"


@pytest.fixture(scope="package")
def demo_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A data folder of its own, so that no file of the developer's own world is touched."""
    folder = tmp_path_factory.mktemp("demo")
    files = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": folder / "media"}}
    storages = {
        "default": files,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    with override_settings(KEFU_DATA=folder, KEFU_DEMO_PASSWORD=PASSWORD, STORAGES=storages):
        yield folder


@pytest.fixture(scope="package")
def _seeded(demo_folder: Path, django_db_setup: None, django_db_blocker) -> Iterator[None]:
    with django_db_blocker.unblock():
        whole = transaction.atomic()
        whole.__enter__()
        try:
            sync_levels(by=System("tests"))
            call_command("seed_demo", verbosity=0)
            yield
        finally:
            transaction.set_rollback(True)
            whole.__exit__(None, None, None)


@pytest.fixture
def world(_seeded: None, db: None, demo_folder: Path) -> Path:
    """The demo world; what a test changes in it is undone after the test. Its data folder."""
    return demo_folder
