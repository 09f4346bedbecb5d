"""What a browser would make of a page: whether anything that was planted became more than text."""

import re
from collections.abc import Mapping
from html.parser import HTMLParser

from tests.attacks.corpus import Planted

# Where a text may stand as the value of an attribute: it is shown or sent back, and never run or loaded.
HARMLESS_IN = frozenset({"value", "title", "content", "alt", "placeholder", "aria-label", "data-name", "label"})
_RUNS = frozenset({"script", "style", "iframe", "object", "embed", "link", "base", "svg", "math"})


_OWN_PAGE = re.compile(r"(?:/(?![/\\])|\?)[\w%+/?=&.:~-]*\Z", re.ASCII)


def _harmless(name: str, value: str) -> bool:
    """An address may name it too: of this site, and with every sign that means something written as a number."""
    return name in HARMLESS_IN or (name in ("href", "action") and _OWN_PAGE.match(value) is not None)


class _Reader(HTMLParser):
    def __init__(self, planted: Mapping[str, Planted]) -> None:
        super().__init__(convert_charrefs=True)
        self.planted = planted
        self.faults: list[str] = []
        self.text: list[str] = []
        self._inside = ""

    def _marks(self, text: str) -> list[str]:
        return [mark for mark in self.planted if mark in text]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._inside = tag
        for name, value in attrs:
            if self._marks(name) or (self._marks(value or "") and not _harmless(name, value or "")):
                self.faults.append(f"<{tag} {name}={value!r}>")
            elif value and name in HARMLESS_IN:
                self.text.append(value)
            if name.startswith("on"):
                self.faults.append(f"<{tag} {name}=…>: an inline handler")

    def handle_endtag(self, tag: str) -> None:
        self._inside = ""

    def handle_data(self, data: str) -> None:
        if self._inside in _RUNS and self._marks(data):
            self.faults.append(f"inside <{self._inside}>: {data[:200]}")
        self.text.append(data)

    def handle_comment(self, data: str) -> None:
        if self._marks(data):
            self.faults.append(f"a comment: {data[:200]}")


def read_page(html: str, planted: Mapping[str, Planted]) -> tuple[set[str], list[str]]:
    """The marks that are shown, and what is wrong: something that became markup, or is shown otherwise than it was
    written."""
    reader = _Reader({mark: one for mark, one in planted.items() if mark in html})
    reader.feed(html)
    reader.close()
    text = " ".join(" ".join(reader.text).split())
    shown = {mark for mark in reader.planted if mark in text}
    return shown, [*reader.faults, *(wrong for mark in shown for wrong in changed(text, planted[mark]))]


def changed(text: str, one: Planted) -> list[str]:
    """Each place where it is not shown as it was written. What is cut off behind is not looked for, nor are blanks:
    what is marked in a text stands in pieces."""
    text, before = "".join(text.split()), "".join(one.before.split())
    found, start = [], text.find(one.mark)
    while start >= 0:
        stands = text[max(0, start - len(before)) : start]
        if not one.turns and not stands.endswith(before[-6:]):
            found.append(f"{one.place}: {stands!r} where {one.text[:60]!r} was written")
        start = text.find(one.mark, start + 1)
    return found
