"""Which rules can hold of what happened: asked within the write in which it did, of what is at hand there.

A rule that passes is judged after the commit with everything it asks; one that does not could not have held. Nothing
but what no longer changes may rule it out: see ``AtHand``.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property, partial
from typing import Any

from django.db import transaction

from contacts.conditions.facts import Fact, Subject
from contacts.conditions.judging import answer
from contacts.conditions.lexicon import Lexicon
from contacts.conditions.settling import Left, Told, at_most, settled
from contacts.conditions.tree import Condition, conditions_in
from contacts.rules.book import Book, Written
from security.search.folding import fold

_PLAIN = frozenset({"choice", "boolean", "tags"})  # answers by which verdicts can be remembered


@dataclass(frozen=True)
class AtHand:
    """``values(fact)``: of each subject, in order; ``None`` where it would have to be looked up. ``at_rest``: nothing
    is written any more in this transaction that a fact could tell, so the database may be asked for more."""

    values: Callable[[str], Sequence[Any] | None]
    at_rest: bool = False


@dataclass(frozen=True)
class Form:
    """What is still open: the rest of a question and the places of the rules that ask it."""

    left: tuple[tuple[Left, tuple[int, ...]], ...]

    @cached_property
    def asked(self) -> dict[str, list[Condition]]:
        found: dict[str, list[Condition]] = defaultdict(list)
        for node, _places in self.left:
            for one in conditions_in(node) if not isinstance(node, bool) else ():
                found[one.fact].append(one)
        return found

    @cached_property
    def places(self) -> tuple[int, ...]:
        return tuple(place for _node, places in self.left for place in places)

    def after(self, told: Told) -> "Form":
        left = ((node if isinstance(node, bool) else settled(node, told), places) for node, places in self.left)
        return Form(tuple((node, places) for node, places in left if node is not False))


class Sieve:
    """The rules of one event, put in order once for each of their versions."""

    def __init__(self, rules: Sequence[Written], facts: Mapping[str, Fact]) -> None:
        self.rules, self.facts = tuple(rules), facts
        asked = {key for rule in rules for key, _hours in rule.asked}
        self.text = min((key for key in asked if key in facts and facts[key].kind == "text"), default=None)
        questions = [True if rule.conditions is None else rule.conditions for rule in self.rules]
        whole = _together((one, (place,)) for place, one in enumerate(questions))
        self.whole = whole.after(lambda one: None if one.fact in facts else answer(one, None, None))
        self._asking = {place: one for place, one in enumerate(questions) if not isinstance(one, bool)}
        self._rules_with: dict[str, set[int]] = defaultdict(set)
        for place, question in self._asking.items():
            for condition in conditions_in(question):
                if condition.fact == self.text and isinstance(condition.value, list):
                    for word in condition.folded:
                        self._rules_with[word].add(place)
        self._lexicon = Lexicon(self._rules_with)
        self._nothing_said = _together(self.whole.after(self._told_by_text("")).left)

    def by_text(self, text: str) -> Form:
        """A text without any of the words says the same of every rule; with some it is asked of theirs anew."""
        folded = fold(text)
        said = self._lexicon.within(folded)
        if not said:
            return self._nothing_said
        touched = set().union(*(self._rules_with[word] for word in said))
        told = self._told_by_text(folded)
        left: list[tuple[Left, tuple[int, ...]]] = []
        for node, places in self._nothing_said.left:
            if others := tuple(one for one in places if one not in touched):
                left.append((node, others))
        for place in sorted(touched):
            left.append((settled(self._asking[place], told), (place,)))
        return Form(tuple((node, places) for node, places in left if node is not False))

    def _told_by_text(self, folded: str) -> Told:
        fact = self.facts[self.text] if self.text is not None else None

        def told(condition: Condition) -> bool | None:
            return answer(condition, fact, folded) if condition.fact == self.text else None

        return told


def _together(left: Iterable[tuple[Left, tuple[int, ...]]]) -> Form:
    """Equal questions are asked once."""
    together: dict[Any, list[int]] = defaultdict(list)
    nodes: dict[Any, Left] = {}
    for node, places in left:
        key = node if isinstance(node, bool) else str(node.as_json())
        nodes[key] = node
        together[key] += places
    return Form(tuple((nodes[key], tuple(places)) for key, places in together.items()))


_sieves: dict[tuple[int, str], tuple[Any, Sieve]] = {}


def sieve_of(book: Book, event: str) -> Sieve:
    """Made anew when a rule or what can be asked changed, not whenever the book is read."""
    if (kept := book.sieves.get(event)) is not None:
        return kept
    rules = book.at_once(event)
    stamp = (tuple(rule.version_id for rule in rules), tuple((key, fact.kind) for key, fact in book.facts.items()))
    known = _sieves.get((book.region_id, event))
    if known is None or known[0] != stamp:
        known = _sieves[book.region_id, event] = (stamp, Sieve(rules, book.facts))
    known[1].facts = book.facts
    book.sieves[event] = known[1]
    return known[1]


def sift(sieve: Sieve, subjects: Sequence[Subject], hand: AtHand) -> list[tuple[int, ...]]:
    """The places of the rules that may hold, for each of ``subjects``."""
    run = _Run(sieve, subjects, hand)
    run.ask_hand()
    if hand.at_rest and run.asks():
        with transaction.atomic():  # a statement that fails must not take what happened with it
            run.ask_database()
    return [form.places for form in run.forms]


class _Run:
    def __init__(self, sieve: Sieve, subjects: Sequence[Subject], hand: AtHand) -> None:
        self.sieve, self.facts, self.subjects, self.hand = sieve, sieve.facts, subjects, hand
        texts = hand.values(sieve.text) if sieve.text is not None else None
        self.forms = [sieve.whole] * len(subjects) if texts is None else [sieve.by_text(text) for text in texts]

    def ask_hand(self) -> None:
        for fact in self._open():
            values = self.hand.values(fact.key) if fact.kind in _PLAIN else None
            if values is not None:
                self._narrow(fact, dict(enumerate(values)), answer)

    def asks(self) -> bool:
        """Whether the database could rule anything out."""
        return any(fact.quick or fact.at_most is not None for fact in self._open())

    def ask_database(self) -> None:
        """One statement for each fact, of those it still matters for."""
        for fact in self._open():
            where = [at for at, form in enumerate(self.forms) if fact.key in form.asked]
            some = [self.subjects[at] for at in where]
            if some and fact.quick and fact.kind in _PLAIN:
                known = fact.load(some, None)
                self._narrow(fact, {at: known.get(one) for at, one in zip(where, some, strict=True)}, answer)
            elif some and fact.at_most is not None:
                most = fact.at_most({one.contact_id for one in some}, self._since(fact.key, where, some))
                values = {at: most.get(one.contact_id, 0) for at, one in zip(where, some, strict=True)}
                self._narrow(fact, values, at_most)

    def _open(self) -> list[Fact]:
        """What is still asked of somebody. Plain answers first: they cost least."""
        keys = set().union(*(form.asked for form in _each(self.forms)))
        facts = (self.facts[key] for key in sorted(keys) if key in self.facts)
        return sorted(facts, key=lambda fact: fact.at_most is not None)

    def _since(self, key: str, where: Sequence[int], some: Sequence[Subject]) -> datetime | None:
        """No window holds more than one that begins earlier and has no end."""
        hours = [one.within_hours for form in _each(self.forms[at] for at in where) for one in form.asked[key]]
        if None in hours:
            return None
        return min(one.at for one in some) - timedelta(hours=max(hour for hour in hours if hour is not None))

    def _narrow(
        self, fact: Fact, values: Mapping[int, Any], say: Callable[[Condition, Fact, Any], bool | None]
    ) -> None:
        """Whoever has the same answer to the same question shares what comes of it."""
        known: dict[tuple[int, Any], Form] = {}
        before = self.forms
        self.forms = list(before)
        for at, seen in values.items():
            form = before[at]
            if fact.key not in form.asked:
                continue
            if (id(form), seen) not in known:
                known[id(form), seen] = form.after(partial(_told_of, fact, say, seen))
            self.forms[at] = known[id(form), seen]


def _told_of(
    fact: Fact, say: Callable[[Condition, Fact, Any], bool | None], seen: Any, condition: Condition
) -> bool | None:
    return say(condition, fact, seen) if condition.fact == fact.key else None


def _each(forms: Iterable[Form]) -> Iterable[Form]:
    """Every one once: most are shared."""
    return {id(form): form for form in forms}.values()
