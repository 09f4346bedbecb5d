"""What a check is, and what it says. Upper floors register theirs from ``AppConfig.ready()``."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar

from django.utils.translation import gettext

from security.errors import Words

OK, WARN, BAD, UNKNOWN = "ok", "warn", "bad", "unknown"
STATES = (OK, WARN, BAD, UNKNOWN)


@dataclass(frozen=True)
class Said:
    """A sentence marked for translation with what stands in its gaps: kept so, it is read in any language later."""

    text: str
    values: Mapping[str, str | int] = field(default_factory=dict)

    def __str__(self) -> str:
        return gettext(self.text) % self.values if self.values else gettext(self.text)


@dataclass(frozen=True)
class Finding:
    """``evidence``: what is the case. ``fix``: what to do, unless it is ok. ``where``: the page to do it on."""

    state: str
    evidence: Said
    fix: Said | None = None
    where: str = ""

    def as_json(self) -> dict[str, Any]:
        """As it is kept."""
        return {
            "state": self.state,
            "evidence": [self.evidence.text, dict(self.evidence.values)],
            "fix": [self.fix.text, dict(self.fix.values)] if self.fix is not None else None,
            "where": self.where,
        }

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> "Finding":
        fix = kept.get("fix")
        return cls(kept["state"], Said(*kept["evidence"]), Said(*fix) if fix else None, kept.get("where", ""))


def fine(text: str, **values: str | int) -> Finding:
    return Finding(OK, Said(text, values))


class Check:
    """One question. ``weight``: how much of the score hangs on it, from 1 to 10. ``look`` answers it; whatever it
    raises makes the answer unknown. ``asks_outside``: it needs the network."""

    id: ClassVar[str]
    title: ClassVar[Words]
    weight: ClassVar[int]
    asks_outside: ClassVar[bool] = False

    def look(self) -> Finding:
        raise NotImplementedError


_checks: dict[str, type[Check]] = {}


def register_check(check: type[Check]) -> type[Check]:
    """Usable as a decorator. Two of one id are an error of the program."""
    if _checks.setdefault(check.id, check) is not check:
        raise ValueError(f"two checks are called {check.id}")
    return check


def checks() -> dict[str, type[Check]]:
    """By id, in the order of their registration."""
    return dict(_checks)


def listed(names: list[str], *, most: int = 5) -> str:
    """``Ana, Ben, Cho +4``."""
    return ", ".join(names[:most]) + (f" +{len(names) - most}" if len(names) > most else "")
