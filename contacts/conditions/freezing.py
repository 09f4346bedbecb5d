"""The answers at one moment: loaded once for many subjects, then never changed."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from types import MappingProxyType
from typing import Any

from contacts.conditions.facts import Fact, Subject
from contacts.conditions.tree import Asked
from security.search.folding import fold


@dataclass(frozen=True)
class Frozen:
    """What was known of one subject. Texts are folded already."""

    subject: Subject
    known: Mapping[Asked, Any]


def freeze(subjects: Sequence[Subject], asked: Iterable[Asked], facts: Mapping[str, Fact]) -> list[Frozen]:
    """One loading for each thing asked, however many the subjects. A fact that is gone is not known."""
    wanted = frozenset(asked)
    frozen = freeze_each(dict.fromkeys(subjects, wanted), facts)
    known = {one.subject: one for one in frozen}
    return [known[subject] for subject in subjects]


def freeze_each(needs: Mapping[Subject, Collection[Asked]], facts: Mapping[str, Fact]) -> list[Frozen]:
    """The same where not everything is asked of everybody: nothing is loaded for whom it does not matter."""
    whom: dict[Asked, list[Subject]] = defaultdict(list)
    for subject, asked in needs.items():
        for one in asked:
            whom[one].append(subject)
    known: dict[Subject, dict[Asked, Any]] = defaultdict(dict)
    for key, hours in sorted(whom, key=str):
        fact = facts.get(key)
        if fact is None:
            continue
        loaded = fact.load(whom[key, hours], None if hours is None else timedelta(hours=hours))
        for subject, value in loaded.items():
            if value is not None:
                known[subject][key, hours] = fold(value) if fact.kind == "text" else value
    return [Frozen(subject, MappingProxyType(known[subject])) for subject in needs]
