"""What of a message people look for: what it says, and what is called so in it. Its own words come first."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

# These say nothing that somebody typed or read.
SILENT = ("reaction", "system", "unsupported", "sticker")
_WORDS = ("text", "header", "title", "name", "address", "description", "footer", "button", "label", "product")
_LONGEST = 20_000  # characters; WhatsApp's own texts end at 4,096
_BETWEEN = "\n"


def text_of(kind: str, content: Mapping[str, Any], files: Sequence[str] = ()) -> str:
    """All of it, one part a line; empty for what was taken back. ``files`` are the names of what hangs on it."""
    if kind in SILENT or content.get("revoked"):
        return ""
    parts = [part for part in (*_parts(kind, content), *files) if part]
    return _BETWEEN.join(dict.fromkeys(parts))[:_LONGEST]


def _parts(kind: str, content: Mapping[str, Any]) -> Iterator[str]:
    yield from _strings(content, _WORDS if kind != "template" else ("text", "header", "footer"))
    for button in content.get("buttons") or ():
        yield from _strings(button, ("title",)) if isinstance(button, dict) else (str(button),)
    for section in content.get("sections") or ():
        yield from _section(section)
    for card in content.get("contacts") or ():
        yield from _card(card)
    for item in content.get("items") or ():
        yield from _strings(item, ("name",))
    yield from _order(content.get("order"))


def _section(section: Mapping[str, Any]) -> Iterator[str]:
    yield from _strings(section, ("title",))
    for row in section.get("rows") or ():
        yield from _strings(row, ("title", "description"))
    yield from (str(product) for product in section.get("products") or ())


def _card(card: Mapping[str, Any]) -> Iterator[str]:
    yield from _strings(card, ("name", "company"))
    for name in ("phones", "emails"):
        yield from (str(line) for line in card.get(name) or ())


def _order(order: Any) -> Iterator[str]:
    """An order to pay, as Meta nests it."""
    if not isinstance(order, dict):
        return
    yield from _strings(order, ("reference_id",))
    inner = order.get("order")
    if isinstance(inner, dict):
        yield from _strings(inner, ("description",))
        for item in inner.get("items") or ():
            yield from _strings(item, ("name",))


def _strings(values: Any, names: Sequence[str]) -> Iterator[str]:
    if isinstance(values, dict):
        yield from (values[name] for name in names if isinstance(values.get(name), str))
