"""Variables of template texts: their numbering, their place and their samples (Meta: formatting rules)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from inbox.simulator.odd import obj, objects, rows
from inbox.simulator.tables import limits
from inbox.simulator.templates.refusal import refusal

if TYPE_CHECKING:
    from inbox.simulator.world import World

VARIABLE = re.compile(r"\{\{\s*([^{}]*?)\s*\}\}")
_NAME = re.compile(r"[a-z][a-z0-9_]*")
_WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]|[^\W_]+")


@dataclass(frozen=True)
class Text:
    """One text of a component and the rules which hold where it stands. `broken` is the number of a broken rule."""

    world: World
    part: str
    text: str
    named: bool
    broken: int

    def variables(self) -> list[str]:
        """The names or numbers, each once, in order. Raises GraphError when they are malformed."""
        found = list(dict.fromkeys(VARIABLE.findall(self.text)))
        if VARIABLE.sub("", self.text).count("{{") or VARIABLE.sub("", self.text).count("}}"):
            raise self.refuse("the braces of a variable do not match")
        for name in found:
            fits = _NAME.fullmatch(name) if self.named else name.isdigit()
            if not fits:
                kind = "lower-case letters, digits and underscores" if self.named else "a number"
                raise self.refuse(f"the variable {{{{{name}}}}} must be {kind}")
        if not self.named and found and sorted(map(int, found)) != list(range(1, len(found) + 1)):
            raise self.refuse("variables must be numbered from 1 without gaps")
        return found

    def check_places(self) -> None:
        """Not first or last, not side by side, and enough words around them."""
        plain = self.text.strip()
        if VARIABLE.match(plain) or re.search(r"\{\{[^{}]*\}\}$", plain):
            raise refusal(self.world, 2388299, f"{self.part}: a variable must not begin or end the text.")
        if re.search(r"\}\}\s*\{\{", plain):
            raise self.refuse("variables must not stand side by side")
        words, count = len(_WORD.findall(VARIABLE.sub(" ", plain))), len(VARIABLE.findall(plain))
        if words < count * limits()["templates"]["words_per_variable"]["value"]:
            raise refusal(self.world, 2388293, f"{self.part}: too many variables for so few words.")

    def check_samples(self, example: Any, key: str) -> None:
        """Every variable needs a sample (Meta): `<key>` for numbered, `<key>_named_params` for named ones."""
        wanted = self.variables()
        if not wanted:
            return
        given = obj(example)
        if self.named:
            params = objects(given.get(f"{key}_named_params"))
            complete = {str(row.get("param_name")) for row in params if row.get("example")} == set(wanted)
        else:
            listed = rows(given.get(key))
            flat = listed[0] if listed and isinstance(listed[0], list) else listed
            complete = len(flat) == len(wanted) and all(isinstance(value, str) and value for value in flat)
        if not complete:
            raise self.refuse(f"a sample is needed for each of {', '.join(wanted)}")

    def refuse(self, why: str) -> Exception:
        return refusal(self.world, self.broken, f"{self.part}: {why}.")
