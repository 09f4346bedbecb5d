"""A line as the API shows it: names where the reader may know them, words where they may see the object."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.utils.translation import gettext as _

from security.access import Access
from security.encryption.keyring import KeyGone, open_keys
from security.encryption.sealing import Unreadable
from security.log.lines import words_of
from security.log.subjects import Named, people_in, people_known, subjects_of
from security.models import Operation

_NOBODY = ("system", "rule")


@dataclass(frozen=True)
class ActorShape:
    """``kind``: a person, a person's API key, a rule by its name, or Kefu itself (``name`` then says what for). ``id``
    is null for somebody of other regions, whose name is not told."""

    kind: str
    id: int | None
    name: str


@dataclass(frozen=True)
class SubjectShape:
    """``name`` is null for what the reader may not see, or what has none; ``opens`` names the page that shows it."""

    kind: str
    id: str
    name: str | None
    opens: str | None
    opens_id: str | None


@dataclass(frozen=True)
class FactShape:
    """One detail. ``label`` is what a setting is called, in the reader's language; empty for anything else. With
    ``changed``, ``before`` counts too. ``words``: it is said in words that are stored encrypted."""

    name: str
    label: str
    before: str | None
    after: str | None
    changed: bool
    words: bool


@dataclass(frozen=True)
class OperationShape:
    """``covered``: there are words that the reader may not read; ``erased``: there were some, and their key is gone."""

    id: int
    at: datetime
    actor: ActorShape
    action: str
    subject: SubjectShape
    region_id: int | None
    ip: str
    device: str
    facts: list[FactShape]
    covered: bool
    erased: bool
    sealed: bool


def operation_shapes(lines: Sequence[Operation], *, reader: Access, sealed_upto: int) -> list[OperationShape]:
    """A fixed number of queries: people, keys, and one for each kind of object on the page."""
    subjects = subjects_of(reader, lines)
    names = people_known(reader, {pk for line in lines for pk in _people(line)})
    open_keys(line.key_id for line in lines if line.key_id and (line.subject_kind, line.subject_id) in subjects)
    return [_shape(line, subjects.get((line.subject_kind, line.subject_id)), names, sealed_upto) for line in lines]


def _shape(line: Operation, named: Named | None, names: Mapping[int, str], sealed_upto: int) -> OperationShape:
    words, erased = _words(line) if named is not None else ({}, False)
    said = [FactShape(name, "", before, after, changed=True, words=True) for name, (before, after) in words.items()]
    return OperationShape(
        id=line.pk,
        at=line.at,
        actor=_actor(line, names),
        action=line.action,
        subject=_subject(line, named, names),
        region_id=line.region_id,
        ip=line.ip,
        device=line.device,
        facts=[*said, *_facts(line, names)],
        covered=line.words is not None and not words and not erased,
        erased=erased,
        sealed=line.pk <= sealed_upto,
    )


def _words(line: Operation) -> tuple[Mapping[str, tuple[str | None, str | None]], bool]:
    try:
        return words_of(line), False
    except (KeyGone, Unreadable):
        return {}, True


def _people(line: Operation) -> set[int]:
    found = {line.about_id} if line.about_id is not None else set()
    if line.actor_kind not in _NOBODY and line.actor_id.isdecimal():
        found.add(int(line.actor_id))
    for name in people_in(line.action):
        told = line.details.get(name)
        found |= {pk for pk in (told if isinstance(told, list) else [told]) if isinstance(pk, int)}
    return found


def _actor(line: Operation, names: Mapping[int, str]) -> ActorShape:
    if line.actor_kind in _NOBODY:
        return ActorShape(line.actor_kind, None, line.actor_id)
    pk = int(line.actor_id) if line.actor_id.isdecimal() else 0
    return ActorShape(line.actor_kind, pk if pk in names else None, _name(pk, names))


def _subject(line: Operation, named: Named | None, names: Mapping[int, str]) -> SubjectShape:
    if named is None and line.about_id is not None:
        named = Named(_name(line.about_id, names))
    if named is None:
        return SubjectShape(line.subject_kind, line.subject_id, None, None, None)
    return SubjectShape(
        line.subject_kind, line.subject_id, named.name or None, named.opens or None, named.opens_id or None
    )


def _facts(line: Operation, names: Mapping[int, str]) -> list[FactShape]:
    details = dict(line.details)
    people = people_in(line.action)
    facts = []
    if {"before", "after"} <= details.keys():
        before, after = details.pop("before"), details.pop("after")
        told = [_spelled(value, names if "after" in people else None) for value in (before, after)]
        facts.append(FactShape("change", "", told[0], told[1], changed=True, words=False))
    for name, value in details.items():
        changed = isinstance(value, list) and len(value) == 2
        before, after = value if changed else (None, value)
        known = names if name in people else None
        facts.append(
            FactShape(
                name=name,
                label=_label(line.subject_kind, name),
                before=_spelled(before, known),
                after=_spelled(after, known),
                changed=changed,
                words=False,
            )
        )
    return facts


def _label(kind: str, name: str) -> str:
    """What a model calls its field."""
    try:
        return str(apps.get_model(kind)._meta.get_field(name).verbose_name)
    except (LookupError, ValueError, FieldDoesNotExist, AttributeError):
        return ""


def _spelled(value: Any, names: Mapping[int, str] | None) -> str | None:
    if value is None or isinstance(value, str):
        return value
    if names is not None and isinstance(value, int):
        return _name(value, names)
    if isinstance(value, list):
        return ", ".join(_spelled(one, names) or "" for one in value)
    return json.dumps(value, ensure_ascii=False)


def _name(pk: int, names: Mapping[int, str]) -> str:
    return names.get(pk) or _("Somebody of another region")
