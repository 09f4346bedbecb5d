"""Every declared permission has its words, in the client's catalogues and in gettext, in both languages."""

import json
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import translation

from security.levels import declared_permissions, permission_words, public_name, rights

PERMISSIONS = sorted(declared_permissions())


@pytest.mark.parametrize("locale", ["en", "zh-Hant"])
def test_the_client_has_words_for_each(locale: str):
    path = Path(settings.BASE_DIR) / "static" / "src" / "locales" / locale / "access.json"
    words = json.loads(path.read_text(encoding="utf-8"))["access"]["permission"]
    assert set(words) == {public_name(name).replace(".", "_") for name in PERMISSIONS}
    assert all(words.values())


@pytest.mark.parametrize("name", PERMISSIONS)
def test_the_server_has_words_for_each(name: str):
    with translation.override("en"):
        english, written = permission_words(name), str(rights()[name].words)
    with translation.override("zh-hant"):
        chinese = permission_words(name)
    assert english == written != public_name(name)
    assert english != chinese and not chinese.isascii()
