"""Sentences in templates: our own, and those of the admin's theme and of Django admin, which come without Chinese.

The theme has no catalogue at all, and Django's own lacks newer sentences. What neither of the two has is held in ours.
"""

import ast
import gettext as standard
import re
from collections.abc import Iterator
from functools import cache, reduce
from pathlib import Path
from typing import Any

import unfold
from babel.messages.extract import extract_from_dir
from django import conf
from django.contrib import admin
from django.utils.translation.template import templatize

KEYWORDS: dict[str, Any] = {"_": None, "gettext": None, "gettext_lazy": None, "pgettext": ((1, "c"), 2)}
_LITERAL = r"""u?(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")"""
_CALL = re.compile(rf"\b(?:_|n?gettext)\(\s*(?P<one>{_LITERAL})(?:\s*,\s*(?P<many>{_LITERAL}))?")
# What of the theme Kefu does not use.
_UNUSED = (
    "unfold_crispy",
    "contrib/import_export",
    "contrib/simple_history",
    "contrib/location_field",
    "contrib/constance",
)


def in_templates(folder: Path) -> set[str]:
    """Every sentence of the templates below ``folder``."""
    return {said for path in _templates(folder) for said in _said_in(path)}


def of_the_admin() -> set[str]:
    """What the theme and Django admin say, in English, that would otherwise stay so."""
    folders = [Path(module.__file__ or "").parent for module in (unfold, admin)]
    english = {said for folder in folders for said in in_templates(folder) | _in_code(folder)}
    return {said for said in english if said.strip() and _django_says(said) == said}


def _templates(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.rglob("*.html")):
        if not any(part in str(path) for part in _UNUSED):
            yield path


def _said_in(path: Path) -> Iterator[str]:
    """Django's extractor turns a template into calls of gettext; the rest of it is noise, not Python."""
    for found in _CALL.finditer(templatize(path.read_text(encoding="utf-8"), origin=str(path))):
        yield from (ast.literal_eval(literal) for literal in (found["one"], found["many"]) if literal)


def _in_code(folder: Path) -> set[str]:
    rows = extract_from_dir(folder, [("**.py", "python")], keywords=KEYWORDS)
    return {
        message
        for name, _line, message, _comments, _context in rows
        if isinstance(message, str) and not any(part in name for part in _UNUSED)
    }


def _django_says(said: str) -> str:
    """By its own catalogues, without ours."""
    return reduce(lambda told, catalogue: catalogue.gettext(said) if told == said else told, _catalogues(), said)


@cache
def _catalogues() -> list[Any]:
    places = [Path(conf.__file__).parent / "locale", Path(admin.__file__).parent / "locale"]
    return [standard.translation("django", place, ["zh_Hant"], fallback=True) for place in places]
