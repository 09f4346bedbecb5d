"""What one line would become, or everything that is wrong with it. No database: a look shows the same."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeVar

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from contacts.exchange.rows import ContactRow
from contacts.fields import read_value
from contacts.hygiene.numbers import read_number
from contacts.imports.columns import FIELD
from contacts.imports.plan import Plan
from contacts.imports.values import answer, moment
from contacts.models import ContactsPolicy
from security.errors import Missing, Refusal

_BETWEEN_TAGS = re.compile(r"[,;|、，；]")
T = TypeVar("T")


@dataclass
class Odd:
    """What is wrong with a line, as far as that can be told without the database."""

    refusals: list[Refusal] = field(default_factory=list)

    def take(self, meaning: str, deed: Callable[[], T], otherwise: T) -> T:
        try:
            return deed()
        except Refusal as refusal:
            refusal.field = meaning
            self.refusals.append(refusal)
            return otherwise


@dataclass(frozen=True)
class ConsentSaid:
    given: bool
    at: datetime
    proof: str


@dataclass(frozen=True)
class ContactRecord:
    """A line about a contact. ``odd``: why it is not taken."""

    line: int
    cells: Sequence[str]
    row: ContactRow
    tags: tuple[str, ...] = ()
    fields: dict[str, str] = field(default_factory=dict)
    consent: ConsentSaid | None = None
    odd: tuple[Refusal, ...] = ()


def read_contact(line: int, cells: Sequence[str], plan: Plan) -> ContactRecord:
    odd = Odd()
    row = contact_row(cells, plan, odd)
    consent = odd.take("consent", lambda: _consent(cells, plan), None)
    said = {key: plan.cell(cells, FIELD + key) for key in plan.fields}
    fields = {key: text for key, text in said.items() if text}
    longest = ContactsPolicy.current().field_value_max
    for key, text in fields.items():
        odd.take(FIELD + key, lambda key=key, text=text: read_value(plan.fields[key], text, longest=longest), None)  # type: ignore[misc]
    return ContactRecord(line, cells, row, tags_of(cells, plan), fields, consent, tuple(odd.refusals))


def contact_row(cells: Sequence[str], plan: Plan, odd: Odd) -> ContactRow:
    """Whom a line is about."""
    raw, external_id = plan.cell(cells, "phone"), plan.cell(cells, "external_id")
    country = plan.cell(cells, "country")
    home = country.upper() if len(country) == 2 and country.isalpha() else plan.country
    phone = odd.take("phone", lambda: read_number(raw, country=home).e164, "") if raw else ""
    if not phone and not external_id and not odd.refusals:
        odd.take("phone", _refuse_nobody, None)
    return ContactRow(
        external_id=external_id,
        phone=phone,
        name=plan.cell(cells, "name") or None,
        language=plan.cell(cells, "language") or None,
        country=home,
    )


def tags_of(cells: Sequence[str], plan: Plan) -> tuple[str, ...]:
    """Those of the line and those of all lines, each once."""
    cut = [cells[at] for at in plan.at.get("tags", ()) if at < len(cells)]
    names = [name.strip() for cell in cut for name in _BETWEEN_TAGS.split(cell)]
    return tuple(dict.fromkeys(name for name in (*names, *plan.tags) if name))


def _consent(cells: Sequence[str], plan: Plan) -> ConsentSaid | None:
    told = plan.cell(cells, "consent")
    if not told and not plan.all_agreed:
        return None
    given = answer(told) if told else True
    when = plan.cell(cells, "consent_at")
    at = moment(when, zone=plan.zone, order=plan.order) if when else plan.agreed_at or timezone.now()
    proof = plan.cell(cells, "consent_proof") or plan.proof
    if given and not proof:
        raise Missing(
            message=_("Nothing says how we know that they agreed to marketing."),
            remedy=_("Fill in a column with the proof, or the proof for the whole file."),
        )
    return ConsentSaid(given, at, proof)


def _refuse_nobody() -> None:
    raise Missing(message=_("This line has neither a telephone number nor a customer's number."))
