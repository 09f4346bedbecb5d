"""What a rule can do: a registry, filled by every app from ``AppConfig.ready()``. Each only calls a public action."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from contacts.conditions.facts import Choice
from contacts.rules.actor import ByRule
from security.access import Access
from security.errors import Invalid, Missing, Refusal
from security.writing import Change


class NoConversation(Refusal):
    code, status = "no_conversation", 409
    message = _("This customer has no conversation with one of our numbers.")


@dataclass(frozen=True)
class Firing:
    """One run of a rule, as an action sees it. ``conversation_id``: where it happened, or the contact's newest one.
    ``place``: which of the rule's actions it is."""

    by: ByRule
    region_id: int
    contact_id: UUID
    conversation_id: UUID | None
    at: datetime
    place: int = 0

    @property
    def talk(self) -> UUID:
        if self.conversation_id is None:
            raise NoConversation
        return self.conversation_id


@dataclass(frozen=True)
class Field:
    """One value of an action. ``shape``: how the editor asks for it (``choice``, ``choices``, ``text``).
    ``choices``: of a region; what is not among them is refused."""

    name: str
    label: Any
    shape: str
    choices: Callable[[int], Sequence[Choice]] | None = None
    longest: int = 1000

    def check(self, value: Any, at: str, region_id: int) -> Any:
        if self.shape == "text":
            return self._text(value, at)
        wanted = value if self.shape == "choices" else [value]
        if not isinstance(wanted, list) or not wanted or not all(isinstance(one, str) and one for one in wanted):
            raise Missing(field=at)
        known = {one.value for one in self.choices(region_id)} if self.choices is not None else set(wanted)
        if not known.issuperset(wanted):
            raise Invalid(field=at, message=_("This choice does not exist any more."))
        return value

    def _text(self, value: Any, at: str) -> str:
        if not isinstance(value, str) or not value.strip():
            raise Missing(field=at)
        if len(value) > self.longest:
            raise Invalid(field=at, message=_("At most %(most)s characters.") % {"most": self.longest})
        return value.strip()


# What an action needs to be taken back; ``None``: it changed nothing.
Done = dict[str, Any] | None


@dataclass(frozen=True)
class DeedKind:
    """``do`` returns what ``undo`` needs. ``undo`` raises a refusal where somebody changed it since; without one it
    cannot be taken back (a message was sent). ``reads``: a sentence with the fields' words. ``talks``: whether it needs
    a conversation."""

    key: str
    label: Any
    reads: Any
    fields: tuple[Field, ...]
    do: Callable[[Firing, Mapping[str, Any]], Done]
    undo: Callable[[Change, Access, Firing, Mapping[str, Any]], object] | None = None
    talks: bool = False

    def check(self, data: Mapping[str, Any], at: str, region_id: int) -> dict[str, Any]:
        if odd := set(data) - {field.name for field in self.fields}:
            raise Invalid(field=f"{at}.{sorted(odd)[0]}")
        return {field.name: field.check(data.get(field.name), f"{at}.{field.name}", region_id) for field in self.fields}


_kinds: dict[str, DeedKind] = {}
_finders: list[Callable[[UUID], UUID | None]] = []


def register_deed(kind: DeedKind) -> None:
    _kinds.setdefault(kind.key, kind)


def deed_kinds() -> dict[str, DeedKind]:
    return dict(_kinds)


def register_conversation_finder(finder: Callable[[UUID], UUID | None]) -> None:
    """``finder(contact_id)``: the newest conversation of a contact, for events that happen in none."""
    if finder not in _finders:
        _finders.append(finder)


def conversation_of(contact_id: UUID) -> UUID | None:
    return next((found for finder in _finders if (found := finder(contact_id)) is not None), None)


def checked_actions(data: Any, region_id: int, *, most: int, at: str = "actions") -> list[dict[str, Any]]:
    """``[{"do": key, …fields}]``, refused with the place where it is wrong."""
    if not isinstance(data, list) or not data:
        raise Missing(field=at, message=_("A rule needs something to do."))
    if len(data) > most:
        raise Invalid(field=at, message=_("At most %(most)s of them.") % {"most": most})
    checked = []
    for index, one in enumerate(data):
        here = f"{at}.{index}"
        kind = _kinds.get(str(one.get("do"))) if isinstance(one, dict) else None
        if kind is None:
            raise Invalid(field=f"{here}.do")
        values = {name: value for name, value in one.items() if name != "do"}
        checked.append({"do": kind.key, **kind.check(values, here, region_id)})
    return checked
