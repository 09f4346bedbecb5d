"""Reading a JSON object against Meta's rules; each broken rule becomes the documented error.

Unknown key, wrong type or too long: 100. Missing: 131008. Value outside the allowed set: 131009.
"""

from __future__ import annotations

from typing import Any

from inbox.simulator.errors import GraphError


class Shape:
    """One object of a request, knowing its path. `level` lenient lets unknown keys pass."""

    def __init__(self, value: Any, path: str, level: str) -> None:
        if not isinstance(value, dict):
            raise GraphError(100, f"Parameter {path or 'body'} must be an object.")
        self.value, self.path, self.level = value, path, level

    def at(self, key: str) -> str:
        return f"{self.path}['{key}']" if self.path else key

    def has(self, key: str) -> bool:
        return self.value.get(key) is not None

    def only(self, *keys: str) -> None:
        if self.level == "lenient":
            return
        for key in self.value:
            if key not in keys:
                raise GraphError(100, f'Unexpected key "{key}" on parameter "{self.path or "message"}".')

    def required(self, key: str) -> Any:
        if not self.has(key):
            raise GraphError(131008, f"Parameter {self.at(key)} is required.")
        return self.value[key]

    def text(self, key: str, most: int, *, blank: bool = False) -> str:
        """A required text of at most `most` code points; only whitespace is refused unless `blank`."""
        found = self.required(key)
        if not isinstance(found, str):
            raise GraphError(100, f"Parameter {self.at(key)} must be a string.")
        if not blank and not found.strip():
            raise GraphError(131009, f"Parameter {self.at(key)} must not be empty.")
        if len(found) > most:
            raise GraphError(100, f"Parameter {self.at(key)} must be at most {most} characters long.")
        return found

    def maybe_text(self, key: str, most: int) -> str | None:
        return self.text(key, most, blank=True) if self.has(key) else None

    def flag(self, key: str) -> bool:
        found = self.value.get(key, False)
        if not isinstance(found, bool):
            raise GraphError(100, f"Parameter {self.at(key)} must be true or false.")
        return found

    def number(self, key: str, least: float, most: float) -> float:
        """A number, also as a string (Meta accepts both)."""
        found = self.required(key)
        try:
            value = float(found) if not isinstance(found, bool) else None
        except (TypeError, ValueError):
            value = None
        if value is None:
            raise GraphError(100, f"Parameter {self.at(key)} must be a number.")
        if not least <= value <= most:
            raise GraphError(131009, f"Parameter {self.at(key)} must be between {least} and {most}.")
        return value

    def choice(self, key: str, *allowed: str) -> str:
        found = self.required(key)
        if found not in allowed:
            raise GraphError(131009, f"Parameter {self.at(key)} must be one of {', '.join(allowed)}.")
        return str(found)

    def child(self, key: str) -> Shape:
        return Shape(self.required(key), self.at(key), self.level)

    def children(self, key: str, least: int, most: int) -> list[Shape]:
        found = self.required(key)
        if not isinstance(found, list):
            raise GraphError(100, f"Parameter {self.at(key)} must be an array.")
        if not least <= len(found) <= most:
            raise GraphError(131009, f"Parameter {self.at(key)} must hold {least} to {most} entries.")
        return [Shape(item, f"{self.at(key)}[{index}]", self.level) for index, item in enumerate(found)]

    def refuse(self, key: str, why: str) -> GraphError:
        return GraphError(131009, f"Parameter {self.at(key)} {why}.")
