"""Reading a part of a message to be sent, each value by its name, and saying which one does not fit."""

import unicodedata
from collections.abc import Iterator
from typing import Any

_LONGEST_ADDRESS = 2000
_WEB = ("http://", "https://")


class Unfit(Exception):
    """A value WhatsApp would refuse. ``code``: ``missing``, ``too_long``, ``too_many``, ``too_few``, ``repeated``,
    ``not_a_link``, ``not_here``, ``invalid``; ``field`` names it, like ``interactive.buttons.0.title``; ``limit`` is
    the most (or the least) where there is one."""

    def __init__(self, code: str, field: str, limit: int = 0) -> None:
        self.code, self.field, self.limit = code, field, limit
        super().__init__(f"{field}: {code}")


class Part:
    """One object of a message and where it stands in it."""

    def __init__(self, value: Any, at: str = "") -> None:
        self.value: dict[str, Any] = value if isinstance(value, dict) else {}
        self.at = at

    def unfit(self, code: str, name: str, limit: int = 0) -> Unfit:
        return Unfit(code, f"{self.at}.{name}" if self.at else name, limit)

    def text(self, name: str, most: int) -> str:
        """A text that must be there; blanks alone are none (Meta: such a body is refused)."""
        found = self.maybe(name, most)
        if not found:
            raise self.unfit("missing", name)
        return found

    def maybe(self, name: str, most: int) -> str:
        """A text, trimmed; empty when it is not there. Counted in code points, as Meta counts."""
        value = self.value.get(name)
        if value is None:
            return ""
        if not isinstance(value, str):
            raise self.unfit("invalid", name)
        found = value.strip()
        if not any(_shows(sign) for sign in found):
            return ""
        if len(found) > most:
            raise self.unfit("too_long", name, most)
        return found

    def link(self, name: str, most: int = _LONGEST_ADDRESS) -> str:
        found = self.text(name, most)
        if not found.startswith(_WEB) or len(found.split()) != 1 or found in _WEB:
            raise self.unfit("not_a_link", name)
        return found

    def child(self, name: str) -> "Part":
        value = self.value.get(name)
        if not isinstance(value, dict):
            raise self.unfit("missing" if value is None else "invalid", name)
        return Part(value, f"{self.at}.{name}" if self.at else name)

    def children(self, name: str, least: int, most: int) -> Iterator["Part"]:
        """The objects of a list that must hold ``least`` to ``most``."""
        for index, value in enumerate(self.items(name, least, most)):
            where = f"{self.at}.{name}.{index}" if self.at else f"{name}.{index}"
            if not isinstance(value, dict):
                raise Unfit("invalid", where)
            yield Part(value, where)

    def items(self, name: str, least: int, most: int) -> list[Any]:
        value = self.value.get(name)
        if not isinstance(value, list) or not value:
            raise self.unfit("invalid" if value and not isinstance(value, list) else "missing", name)
        if len(value) < least:
            raise self.unfit("too_few", name, least)
        if len(value) > most:
            raise self.unfit("too_many", name, most)
        return value

    def number(self, name: str, least: float, most: float) -> float:
        value = self.value.get(name)
        if value is None:
            raise self.unfit("missing", name)
        if isinstance(value, bool) or not isinstance(value, int | float) or not least <= value <= most:
            raise self.unfit("invalid", name)
        return value

    def choice(self, name: str, *known: str) -> str:
        value = self.value.get(name)
        if value not in known:
            raise self.unfit("missing" if value is None else "invalid", name)
        return str(value)

    def flag(self, name: str) -> bool:
        return self.value.get(name) is True


def some(**values: Any) -> dict[str, Any]:
    """Only the keys that have a value."""
    return {key: value for key, value in values.items() if value not in (None, "", False, [], {})}


def require_unique(part: Part, name: str, values: list[str]) -> None:
    if len(set(values)) != len(values):
        raise part.unfit("repeated", name)


def _shows(sign: str) -> bool:
    """Blanks, controls and invisible marks alone make no text."""
    return not sign.isspace() and unicodedata.category(sign) not in ("Cc", "Cf")
