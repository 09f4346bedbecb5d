"""The account's templates as a number may use them now: names, states and the words with their places."""

import re
from dataclasses import dataclass
from typing import Any

_MOST = 200
_PLACE = re.compile(r"\{\{\s*([a-z0-9_]+)\s*\}\}")


@dataclass(frozen=True)
class TemplateBrief:
    """``places`` are the variables of the body in their order (``1``, ``2`` … or names). ``plain``: nothing but the
    body takes values, so that a person can fill it in one small form."""

    name: str
    language: str
    category: str
    status: str
    body: str
    places: tuple[str, ...]
    plain: bool


def read_templates(answer: dict[str, Any]) -> list[TemplateBrief]:
    """Meta lists under ``data``, 360dialog under ``waba_templates``."""
    rows = answer.get("data") if "data" in answer else answer.get("waba_templates")
    return [_brief(row) for row in (rows if isinstance(rows, list) else [])[:_MOST] if isinstance(row, dict)]


def _brief(row: dict[str, Any]) -> TemplateBrief:
    listed = row.get("components")
    parts = [part for part in (listed if isinstance(listed, list) else []) if isinstance(part, dict)]
    body = next((_text(part.get("text")) for part in parts if _is(part, "BODY")), "")
    return TemplateBrief(
        name=_text(row.get("name"))[:512],
        language=_text(row.get("language"))[:16],
        category=_text(row.get("category")).upper()[:32],
        status=_text(row.get("status")).upper()[:32],
        body=body[:2000],
        places=tuple(dict.fromkeys(_PLACE.findall(body))),
        plain=not any(_takes_values(part) for part in parts if not _is(part, "BODY")),
    )


def _takes_values(part: dict[str, Any]) -> bool:
    """A header with a file or a variable, a button with a variable, a card: more than a body."""
    if _is(part, "FOOTER"):
        return False
    if _is(part, "HEADER"):
        return _text(part.get("format")).upper() != "TEXT" or bool(_PLACE.search(_text(part.get("text"))))
    if _is(part, "BUTTONS"):
        buttons = part.get("buttons")
        return any(_PLACE.search(str(button)) for button in (buttons if isinstance(buttons, list) else []))
    return True


def _is(part: dict[str, Any], kind: str) -> bool:
    return _text(part.get("type")).upper() == kind


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""
