"""Running all checks, and what they come to."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_noop as _

from security.errors import Words
from security.models import SelfcheckRun
from security.selfcheck.base import BAD, OK, UNKNOWN, WARN, Finding, Said, checks

logger = logging.getLogger(__name__)
_CREDIT = {OK: 1.0, WARN: 0.5, BAD: 0.0}


@dataclass(frozen=True)
class Answer:
    id: str
    title: Words
    weight: int
    finding: Finding

    @property
    def state(self) -> str:
        return self.finding.state


def run_checks(*, outside: bool) -> list[Answer]:
    """Each in its own right: one that fails says so and stops no other. Without ``outside`` none needs the network.
    Not inside a transaction: some ask the public address."""
    return [_answer(check) for check in checks().values() if outside or not check.asks_outside]


def score_of(answers: list[Answer]) -> int:
    """0 to 100: what is right by its weight, what should be better by half of it; what nobody knows is left out."""
    known = [one for one in answers if one.state != UNKNOWN]
    whole = sum(one.weight for one in known)
    return round(100 * sum(one.weight * _CREDIT[one.state] for one in known) / whole) if whole else 0


def exit_code_of(answers: list[Answer]) -> int:
    """2 when something is bad, 1 when something should be better, 3 when nothing is wrong as far as is known but some
    of it is not; 0 only when all is right."""
    states = {one.state for one in answers}
    return next((code for state, code in ((BAD, 2), (WARN, 1), (UNKNOWN, 3)) if state in states), 0)


def kept(answers: list[Answer]) -> list[dict[str, Any]]:
    return [{"id": one.id, "weight": one.weight, **one.finding.as_json()} for one in answers]


def answers_of(run: SelfcheckRun) -> list[Answer]:
    """As they were found then; checks that are gone since keep their id for a title. The worst and weightiest first."""
    found = [_restored(row) for row in run.findings]
    order = {BAD: 0, WARN: 1, UNKNOWN: 2, OK: 3}
    return sorted(found, key=lambda one: (order[one.state], -one.weight))


def _restored(row: Mapping[str, Any]) -> Answer:
    known = checks().get(row["id"])
    return Answer(row["id"], known.title if known else row["id"], row["weight"], Finding.of(row))


def _answer(check: type[Any]) -> Answer:
    try:
        finding = check().look()
    except Exception as error:
        logger.warning("the check %s could not be made", check.id, exc_info=True)
        said = Said(_("It could not be checked (%(error)s)."), {"error": type(error).__name__})
        finding = Finding(UNKNOWN, said, Said(_("Look into the application’s log.")))
    return Answer(check.id, check.title, check.weight, finding)
