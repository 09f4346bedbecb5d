"""What a contact agreed to, and whether they may be sent marketing, as facts."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from contacts.conditions.facts import Choice, Fact, Load, Subject, register_fact
from contacts.conditions.tree import Condition
from contacts.consent.marketing import MarketingFacts, marketing_refusal
from contacts.models import ConsentPolicy, Contact

_WHY = "what rules and segments ask of consent"
GIVEN, STOPPED, NEVER = "given", "stopped", "never"
_STATES = {
    GIVEN: Q(marketing_told_at__isnull=False, marketing_stopped_at=None),
    STOPPED: Q(marketing_stopped_at__isnull=False),
    NEVER: Q(marketing_told_at=None, marketing_stopped_at=None),
}


def said(contact: Contact) -> str:
    """Their own word on marketing."""
    if contact.marketing_stopped_at is not None:
        return STOPPED
    return NEVER if contact.marketing_told_at is None else GIVEN


def _loader(of: Callable[[Contact], Any]) -> Load:
    def load(subjects: Sequence[Subject], within: timedelta | None) -> Mapping[Subject, Any]:
        ids = {subject.contact_id for subject in subjects}
        columns = ("marketing_told_at", "marketing_stopped_at", "suppressed_at")
        rows = Contact.objects.for_system(_WHY).filter(pk__in=ids).only(*columns)
        known = {row.pk: of(row) for row in rows}
        return {one: known[one.contact_id] for one in subjects if one.contact_id in known}

    return load


def _state_sql(condition: Condition, now: datetime) -> Q:
    """Everybody is in one of them."""
    if condition.op in ("known", "unknown"):
        return Q(pk__in=()) if condition.op == "unknown" else ~Q(pk__in=())
    found = Q(pk__in=())
    for state in condition.value:
        found |= _STATES.get(state, Q(pk__in=()))
    return ~found if condition.op == "is_none" else found


def _may_sql(condition: Condition, now: datetime) -> Q:
    may = Q(marketing_stopped_at=None, suppressed_at=None)
    if ConsentPolicy.current().needs_opt_in:
        may &= Q(marketing_told_at__isnull=False)
    return ~may if condition.op == "is_false" else may


def _suppressed_sql(condition: Condition, now: datetime) -> Q:
    return Q(suppressed_at__isnull=condition.op == "is_false")


def _states(region_id: int) -> list[Choice]:
    return [
        Choice(GIVEN, _("agreed to marketing")),
        Choice(STOPPED, _("stopped marketing")),
        Choice(NEVER, _("never said anything about it")),
    ]


def register() -> None:
    register_fact(
        Fact(
            "contact.marketing", "choice", _("the customer’s word on marketing"), _loader(said),
            choices=_states, sql=_state_sql, quick=True,
        )
    )  # fmt: skip
    register_fact(
        Fact(
            "contact.may_get_marketing", "boolean", _("the customer may be sent marketing"),
            _loader(lambda contact: not marketing_refusal(MarketingFacts.of(contact))), sql=_may_sql, quick=True,
        )
    )  # fmt: skip
    register_fact(
        Fact(
            "contact.suppressed", "boolean", _("the customer is taken out of all marketing"),
            _loader(lambda contact: contact.suppressed_at is not None), sql=_suppressed_sql, quick=True,
        )
    )  # fmt: skip
