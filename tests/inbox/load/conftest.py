"""One small load world for all tests of this folder: they only read it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import override_settings

from inbox.load import loading, tables
from inbox.load.ledger import Wishes
from security.access import System
from security.actions.levels import sync_levels

WISHES = Wishes(conversations=150, messages=3000, people=20)


@pytest.fixture(scope="package")
def load_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("load")
    files = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": folder / "media"}}
    storages = {"default": files, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
    with override_settings(KEFU_DATA=folder, KEFU_DEMO_PASSWORD="a demo password", STORAGES=storages):
        yield folder


@pytest.fixture(scope="package")
def _loaded(load_folder: Path, django_db_setup: None, django_db_blocker) -> Iterator[None]:
    patch = pytest.MonkeyPatch()
    with django_db_blocker.unblock(), patch.context() as patched:
        patched.setattr(loading, "LINES_A_CHUNK", 700)
        patched.setattr(tables, "settle", lambda: None)  # VACUUM cannot run inside the tests' transaction
        whole = transaction.atomic()
        whole.__enter__()
        try:
            sync_levels(by=System("tests"))
            with pytest.raises(Interrupted):
                loading.load_world(WISHES, report=interrupt)
            loading.load_world(WISHES, report=lambda done, total: None)
            yield
        finally:
            transaction.set_rollback(True)
            whole.__exit__(None, None, None)


class Interrupted(Exception):
    pass


def interrupt(done: int, total: int) -> None:
    """After the second chunk of five: every world of these tests is one that was continued."""
    if done > 1200:
        raise Interrupted


@pytest.fixture
def world(_loaded: None, db: None, load_folder: Path) -> Path:
    return load_folder


@pytest.fixture
def load():
    return lambda **options: call_command("load_world", verbosity=0, **options)
