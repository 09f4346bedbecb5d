"""What is asked before rows of another system are written."""

import re
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from django.utils.translation import gettext_lazy as _

from contacts.exchange.rows import REFUSED, Outcome
from contacts.models import ExchangePolicy
from security.access import ALL, Access, Actor
from security.errors import Invalid, NotFound, Refusal, require
from security.models import Region

WRITE = "contacts.write_order"
_SOURCE = re.compile(r"[a-z0-9][a-z0-9._:-]{0,39}")
T = TypeVar("T")


def may_write(by: Actor, region: Region, source: str, rows: Sequence[object]) -> None:
    """People, and the keys they made, within their regions; not more at once than the policy says."""
    if isinstance(by, Access):
        require(by.can(WRITE))
        require(region.pk in by.region_ids and by.sight == ALL, NotFound)
    check_source(source)
    most = ExchangePolicy.current().rows_at_once
    if len(rows) > most:
        raise Invalid(field="rows", message=_("At most %(n)s rows at once.") % {"n": most})


def check_source(source: str, *, field: str = "source") -> None:
    if _SOURCE.fullmatch(source) is None:
        words = _("Small letters, digits and “.”, “:”, “_”, “-”, at most 40 of them, beginning with a letter or digit.")
        raise Invalid(field=field, message=words)


def outcomes_of(rows: Sequence[T], check: Callable[[T], Any]) -> tuple[dict[int, Outcome], list[int]]:
    """What ``check`` refuses, by place; and the places of the rest."""
    outcomes: dict[int, Outcome] = {}
    for place, row in enumerate(rows):
        try:
            check(row)
        except Refusal as refusal:
            outcomes[place] = Outcome(place, REFUSED, refusal=refusal)
    return outcomes, [place for place in range(len(rows)) if place not in outcomes]
