"""What a line of the operation log says, in a sentence: with the same words as the client's log page."""

import json
import re
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from security.access import Access
from security.log.shaping import OperationShape, operation_shapes
from security.models import Operation

_SLOT = re.compile(r"\{\{\s*(\w+)\s*(?:,\s*(\w+)\s*)?\}\}")
# Chinese, and the marks that bring their own room: a name written so needs no space beside it.
_WRITTEN_CLOSE = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\s]")


def deed_words(who: Access, lines: Sequence[Operation]) -> list[tuple[Operation, str]]:
    """Each line with its sentence, as far as ``who`` may know names."""
    shapes = operation_shapes(lines, reader=who, sealed_upto=0)
    return [(line, sentence(shape)) for line, shape in zip(lines, shapes, strict=True)]


def sentence(shape: OperationShape) -> str:
    """A deed nobody wrote words for is told by its name."""
    change = next((fact for fact in shape.facts if fact.name == "change"), None)
    subject, _dot, deed = _deed_of(shape, change.after if change is not None else "").partition(".")
    said = _words()["deed"].get(subject, {}).get(deed)
    if not isinstance(said, str):
        return shape.action
    slots = {
        "actor": _("Kefu") if shape.actor.kind == "system" else shape.actor.name,
        "who": shape.subject.name or _words()["somebody"],
        "object": _object(shape),
        "to": _value(change.after if change is not None else ""),
        "from": _value(change.before if change is not None else ""),
        "action": shape.action,
    }
    whole = _SLOT.sub(lambda slot: _set_in(slots.get(slot.group(1), ""), slot.group(2)), said).strip()
    return whole[:1].upper() + whole[1:]


def _deed_of(shape: OperationShape, after: str | None) -> str:
    """Taking for oneself and giving to nobody are other deeds to people."""
    if shape.action != "conversation.assigned":
        return shape.action
    if not after:
        return "conversation.unassigned"
    return "conversation.taken" if after == shape.actor.name else shape.action


def _set_in(value: str, how: str | None) -> str:
    """With the room that the client's formats of the same names leave (``i18n.ts``)."""
    before = " " if how in ("spaced", "led") and not _WRITTEN_CLOSE.match(value[:1]) else ""
    after = " " if how == "spaced" and not _WRITTEN_CLOSE.match(value[-1:]) else ""
    return f"{before}{value}{after}" if value else ""


def groups() -> Mapping[str, str]:
    """The subjects of deeds by what they are called, for a filter."""
    found: Mapping[str, str] = _words()["group"]
    return found


def value_words(value: str | None) -> str:
    return _value(value)


def fact_words(name: str, label: str) -> str:
    told = _words()["fact"].get(name)
    return told if isinstance(told, str) else label or name


def _object(shape: OperationShape) -> str:
    node: Any = _words()["object"]
    for part in shape.subject.kind.split("."):
        node = node.get(part, {}) if isinstance(node, dict) else {}
    plain = str(node.get("plain", shape.subject.kind))
    if not shape.subject.name:
        return plain
    named = str(node.get("named", "{{name}}"))
    return _SLOT.sub(lambda slot: _set_in(shape.subject.name or "", slot.group(2)), named).strip()


def _value(value: str | None) -> str:
    told = _words()["value"].get(value or "")
    return told if isinstance(told, str) else value or ""


def _words() -> Mapping[str, Any]:
    return _read("en" if (get_language() or "").startswith("en") else "zh-Hant")


@cache
def _read(language: str) -> Mapping[str, Any]:
    path = Path(settings.BASE_DIR) / "static" / "src" / "locales" / language / "logPage.json"
    empty: dict[str, Any] = {"deed": {}, "object": {}, "group": {}, "fact": {}, "value": {}, "somebody": "?"}
    try:
        return {**empty, **json.loads(path.read_text(encoding="utf-8"))["log"]}
    except (OSError, KeyError, ValueError):  # an image without the client's sources still has a log
        return empty
