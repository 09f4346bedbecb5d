"""Sentences of Django REST framework that a refusal can show: they need our Chinese as much as our own do.

Its catalogue lacks some and is clumsy in others, so that all that can reach people are held in ours.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from django.urls import get_resolver
from django.utils import translation
from django.utils.functional import Promise
from rest_framework.fields import Field

from inbox.filtering import ConversationFilter
from security.api.bodies import Body


def reachable() -> set[str]:
    """The error messages, in English, of every field of every request body."""
    _ = get_resolver().url_patterns  # every app's bodies are imported with the addresses
    with translation.override(None):
        return {str(words) for body in _all(Body) for field in body().fields.values() for words in _said_by(field)}


def untranslated_filters() -> set[str]:
    """What Django's own form fields say of a filter, as far as neither Django nor we have Chinese for it."""
    fields = ConversationFilter().form.fields.values()
    sentences = [words for field in fields for words in field.error_messages.values() if isinstance(words, Promise)]
    with translation.override(None):
        english = [str(words) for words in sentences]
    with translation.override("zh-hant"):
        chinese = [str(words) for words in sentences]
    return {before for before, after in zip(english, chinese, strict=True) if before == after}


def _all(kind: type[Body]) -> Iterator[type[Body]]:
    for below in kind.__subclasses__():
        if below.__module__.partition(".")[0] != "tests":
            yield below
            yield from _all(below)


def _said_by(field: Any) -> Iterable[Any]:
    yield from field.error_messages.values()
    yield from (said.message for said in field.validators if isinstance(getattr(said, "message", None), Promise))
    child = getattr(field, "child", None)
    if isinstance(child, Field):
        yield from _said_by(child)
