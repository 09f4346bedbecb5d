"""The variables of canned replies and macros, declared in one table, and filling them (CM-7).

A variable stands in braces: ``{contact.name}``. What Kefu knows is filled in; what it does not is asked for when the
reply is inserted, and a text that still lacks one never leaves.
"""

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from contacts.order_queries import latest_numbers
from contacts.queries import phones_of
from inbox.canned.wording import day_in, hours_in, language_of, language_of_text
from inbox.errors import VariableMissing
from inbox.models import Conversation, Holiday, Message, ServiceHours
from security.access import Access
from security.errors import Invalid
from security.models import Region

_WHY = "filling in a prepared text"
_IN_BRACES = re.compile(r"\{\s*([a-z][a-z_. ]{0,38}?)\s*\}")
# What looks like the number of an order: letters and digits with at least four digits, as shops print them.
_ORDER = re.compile(r"(?<![\w.+])#?((?=(?:[A-Za-z-]{0,20}\d){4})[A-Za-z]{0,4}-?\d[\dA-Za-z-]{3,19})(?![\w])")
_MESSAGES_SEARCHED = 10
_OFFERED = 3


@dataclass(frozen=True)
class Facts:
    """For whom and in what a text is filled in."""

    by: Access
    conversation: Conversation

    @property
    def language(self) -> str:
        """The contact's, else that of what they said last."""
        return language_of(self.conversation.contact.language) or language_of_text(last_words(self))

    @property
    def region(self) -> Region:
        region: Region = Region.objects.get(pk=self.conversation.region_id)
        return region


@dataclass(frozen=True)
class Variable:
    """``known`` finds its value, or nothing; without it the value is always asked for. ``offered``: likely values."""

    known: Callable[[Facts], str | None] | None = None
    offered: Callable[[Facts], list[str]] | None = None


def last_words(facts: Facts) -> str:
    """What the customer said last, if that is not too old for the reader."""
    said = Message.objects.visible_to(facts.by).filter(conversation=facts.conversation, direction="in", kind="text")
    last = said.order_by("-at", "-pk").first()
    return str(last.content.get("text", "")) if last is not None else ""


def _contact_name(facts: Facts) -> str | None:
    """A name; somebody's number is nothing to greet them with."""
    profile = facts.conversation.contact.profile
    return profile.get("name") or profile.get("profile_name")


def _contact_phone(facts: Facts) -> str | None:
    contact = facts.conversation.contact
    return phones_of([contact]).get(contact.pk)


def _case_number(facts: Facts) -> str:
    return str(facts.conversation.case_count or 1)


def _day(ahead: int) -> Callable[[Facts], str]:
    def told(facts: Facts) -> str:
        here = timezone.now().astimezone(ZoneInfo(facts.region.time_zone))
        return day_in((here + timedelta(days=ahead)).date(), facts.language)

    return told


def _business_hours(facts: Facts) -> str | None:
    spans = ServiceHours.objects.for_system(_WHY).filter(region_id=facts.conversation.region_id)
    return hours_in([(one.weekday, one.opens, one.closes) for one in spans], facts.language) or None


def _next_holiday(facts: Facts) -> str | None:
    today = timezone.now().astimezone(ZoneInfo(facts.region.time_zone)).date()
    days = Holiday.objects.for_system(_WHY).filter(region_id=facts.conversation.region_id, on__gte=today)
    first = days.order_by("on").first()
    return day_in(first.on, facts.language) if first is not None else None


def _latest_order(facts: Facts) -> str | None:
    return next(iter(latest_numbers(access=facts.by, contact_id=facts.conversation.contact_id, most=1)), None)


def _order_numbers(facts: Facts) -> list[str]:
    """What the customer wrote that looks like one, newest first, as far as the reader reads back; then those of their
    orders. One that was written as it stands there, but for the mark before it, is offered once."""
    said = Message.objects.visible_to(facts.by).filter(conversation=facts.conversation, direction="in", kind="text")
    texts = [str(row.content.get("text", "")) for row in said.order_by("-at", "-pk")[:_MESSAGES_SEARCHED]]
    written = [found for text in texts for found in _ORDER.findall(text)]
    ordered = latest_numbers(access=facts.by, contact_id=facts.conversation.contact_id, most=_OFFERED)
    offered: dict[str, str] = {}
    for found in (*written, *ordered):
        offered.setdefault(found.lstrip("#").casefold(), found)
    return list(offered.values())[:_OFFERED]


VARIABLES: dict[str, Variable] = {
    "contact.name": Variable(_contact_name),
    "contact.phone": Variable(_contact_phone),
    "agent.name": Variable(lambda facts: facts.by.name),
    "region.name": Variable(lambda facts: facts.region.name),
    "channel.name": Variable(lambda facts: facts.conversation.channel.name),
    "today": Variable(_day(0)),
    "tomorrow": Variable(_day(1)),
    "business_hours": Variable(_business_hours),
    "next_holiday": Variable(_next_holiday),
    "case.number": Variable(_case_number),
    "order.number": Variable(offered=_order_numbers),
    "order.latest": Variable(_latest_order),
    "tracking.number": Variable(),
    "amount": Variable(),
}


def register_variable(name: str, variable: Variable) -> None:
    """An app above adds one, or knows better where its value comes from."""
    VARIABLES[name] = variable


def variables_in(text: str) -> list[str]:
    """The names in ``text``, each once, in their order; of unknown ones too."""
    return list(dict.fromkeys(_name(found) for found in _IN_BRACES.findall(text)))


def refuse_unknown(text: str, *, field: str) -> None:
    """Before a text is kept: a misspelt variable would never be filled."""
    for name in variables_in(text):
        if name not in VARIABLES:
            raise Invalid(
                field=field,
                message=_("There is no variable “%(name)s”.") % {"name": name},
                remedy=_("Choose one from the list of variables."),
            )


def known_values(facts: Facts, names: Collection[str] | None = None) -> dict[str, str]:
    """The values Kefu knows, of ``names`` or of all."""
    wanted = VARIABLES if names is None else {name: VARIABLES[name] for name in names if name in VARIABLES}
    found = {name: one.known(facts) for name, one in wanted.items() if one.known is not None}
    return {name: value for name, value in found.items() if value}


def offered_values(facts: Facts) -> dict[str, list[str]]:
    """What may be meant by those that are asked for."""
    found = {name: one.offered(facts) for name, one in VARIABLES.items() if one.offered is not None}
    return {name: values for name, values in found.items() if values}


@dataclass(frozen=True)
class Filled:
    """``missing`` names what still stands in braces in ``text``."""

    text: str
    missing: list[str]


def fill(text: str, values: Mapping[str, str]) -> Filled:
    """``text`` with ``values`` in it; a value is never looked at for variables itself."""
    missing: dict[str, None] = {}

    def one(found: re.Match[str]) -> str:
        name = _name(found.group(1))
        value = values.get(name, "").strip()
        if value or name not in VARIABLES:
            return value or found.group(0)
        missing[name] = None
        return f"{{{name}}}"

    return Filled(_IN_BRACES.sub(one, text), list(missing))


def filled_or_refused(text: str, values: Mapping[str, str], *, field: str) -> str:
    """The text as it may leave; refused while a variable has no value."""
    done = fill(text, values)
    if done.missing:
        raise VariableMissing(
            field=f"values.{done.missing[0]}", message=VariableMissing.named % {"name": done.missing[0]}
        )
    return done.text


def refuse_unfilled(text: str, *, field: str) -> None:
    """A text that is about to leave holds no variable any more."""
    left = [name for name in variables_in(text) if name in VARIABLES]
    if left:
        raise VariableMissing(field=field, message=VariableMissing.named % {"name": left[0]})


def _name(spelled: str) -> str:
    return re.sub(r"\s+", "_", spelled.strip())
