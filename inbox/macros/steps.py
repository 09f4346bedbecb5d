"""The steps a macro may have, in one table: what each needs, what it does, whether it can be taken back (CM-7).

A step only calls the action a person would call, with that person's rights: a macro can do nothing they could not.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from contacts.actions.edit import add_note
from inbox.actions.assignments import assign_conversation, assign_to_team
from inbox.actions.locks import lock_conversation
from inbox.actions.payment_marks import mark_payment, unmark_payment
from inbox.actions.priorities import set_priority
from inbox.actions.replies import send
from inbox.actions.resolutions import resolve_conversation
from inbox.actions.scheduled import schedule_reply
from inbox.actions.snoozes import snooze_conversation
from inbox.canned.variables import filled_or_refused, refuse_unknown
from inbox.errors import CannedReplyGone
from inbox.models import CannedReply, Conversation
from inbox.models.conversation import PRIORITIES
from inbox.whatsapp.limits import TEXT_MAX
from security.access import Access
from security.errors import Invalid, Missing
from security.models import Region

_MORNING = time(9, 0)
_DEEPEST = 12
_LONGEST_MINUTES = 60 * 24 * 90
Step = dict[str, Any]


@dataclass(frozen=True)
class Run:
    """One run of a macro: by whom, in what, with which values for its variables. ``ref`` begins what each step is known
    by, so that a repetition sends nothing twice."""

    by: Access
    conversation: Conversation
    ref: str
    values: Mapping[str, str]

    @property
    def which(self) -> dict[str, Any]:
        return {"by": self.by, "conversation_id": self.conversation.pk}


@dataclass(frozen=True)
class Kind:
    """``fields``: name → how its value is checked; a value the step cannot do without is ``needed``. ``aspect``: the
    deed of ``inbox.actions.undoing`` that takes it back. ``texts``: which of its fields may hold variables."""

    do: Callable[[Run, Step, int], object]
    fields: dict[str, Callable[[Any, str], Any]] = field(default_factory=dict)
    needed: tuple[str, ...] = ()
    aspect: str = ""
    texts: tuple[str, ...] = ()


def _text(value: Any, at: str) -> str:
    if not isinstance(value, str) or not value.strip() or len(value) > TEXT_MAX:
        raise Invalid(field=at)
    refuse_unknown(value, field=at)
    return value.strip()


def _number(low: int, high: int) -> Callable[[Any, str], int]:
    def checked(value: Any, at: str) -> int:
        if not isinstance(value, int) or isinstance(value, bool) or not low <= value <= high:
            raise Invalid(field=at, message=_("Between %(low)s and %(high)s.") % {"low": low, "high": high})
        return value

    return checked


def _one_of(*choices: str) -> Callable[[Any, str], str]:
    def checked(value: Any, at: str) -> str:
        if value not in choices:
            raise Invalid(field=at)
        return str(value)

    return checked


def _person(value: Any, at: str) -> Any:
    return value if value in ("me", "nobody") else _number(1, 2**31 - 1)(value, at)


def _flag(value: Any, at: str) -> bool:
    if not isinstance(value, bool):
        raise Invalid(field=at)
    return value


def _reply_id(value: Any, at: str) -> str:
    if not isinstance(value, str) or len(value) > 36:
        raise Invalid(field=at)
    return value


def _template(value: Any, at: str) -> dict[str, Any]:
    if not isinstance(value, dict) or not isinstance(value.get("name"), str) or not value.get("language"):
        raise Invalid(field=at)
    for text in texts_of(value):
        if "\x00" in text or len(text) > TEXT_MAX:
            raise Invalid(field=at)  # no database keeps it
        refuse_unknown(text, field=at)
    return value


def texts_of(value: Any) -> list[str]:
    """All texts within a value; one that goes deeper than any template does is refused."""
    found: list[str] = []
    level = [value]
    for _depth in range(_DEEPEST):
        found += [one for one in level if isinstance(one, str)]
        inner = (one.values() if isinstance(one, dict) else one for one in level if isinstance(one, dict | list))
        level = [one for some in inner for one in some]
        if not level:
            return found
    raise Invalid(field="template")


def _filled(value: Any, values: Mapping[str, str]) -> Any:
    if isinstance(value, str):
        return filled_or_refused(value, values, field="values")
    if isinstance(value, dict):
        return {name: _filled(one, values) for name, one in value.items()}
    return [_filled(one, values) for one in value] if isinstance(value, list) else value


def canned_of(by: Access, step: Step) -> CannedReply:
    """The reply a step sends, as far as whoever runs it may use it."""
    row: CannedReply | None = CannedReply.objects.visible_to(by).filter(pk=step["reply_id"]).first()
    if row is None:
        raise CannedReplyGone(field="reply_id")
    return row


def _words(run: Run, step: Step) -> str:
    text = canned_of(run.by, step).text if step.get("reply_id") else step["text"]
    return filled_or_refused(text, run.values, field="values")


def _do_reply(run: Run, step: Step, number: int) -> object:
    content: dict[str, Any] = {"text": _words(run, step)}
    buttons = canned_of(run.by, step).buttons if step.get("reply_id") else []
    kind = "interactive" if buttons else "text"
    if buttons:
        named = [{"title": title} for title in buttons]
        content = {**content, "type": "button", "buttons": named}
    return send(**run.which, client_ref=f"{run.ref}:{number}", kind=kind, content=content)


def _do_template(run: Run, step: Step, number: int) -> object:
    content = _filled(step["template"], run.values)
    return send(**run.which, client_ref=f"{run.ref}:{number}", kind="template", content=content, at="template")


def _do_note(run: Run, step: Step, number: int) -> object:
    return add_note(by=run.by, contact_id=run.conversation.contact_id, text=_words(run, step))


def _do_assign(run: Run, step: Step, number: int) -> object:
    to = {"me": run.by.user_id, "nobody": None}.get(step["to"], step["to"])
    # An earlier step may have taken it out of the runner's sight.
    now: Conversation = Conversation.objects.visible_to(run.by).get_or_404(run.conversation.pk)
    return None if now.assignee_id == to else assign_conversation(**run.which, to=to)


def _do_snooze(run: Run, step: Step, number: int) -> object:
    until = when(step, run.conversation)
    return snooze_conversation(**run.which, until=until, wakes_on_reply=step.get("wakes_on_reply", True))


def _do_later(run: Run, step: Step, number: int) -> object:
    return schedule_reply(
        **run.which,
        client_ref=f"{run.ref}:{number}",
        send_at=when(step, run.conversation),
        kind="text",
        content={"text": _words(run, step)},
        meanwhile=step.get("meanwhile", "ask"),
    )


def _do_payment(run: Run, step: Step, number: int) -> object:
    return (mark_payment if step.get("marked", True) else unmark_payment)(**run.which)


def when(step: Step, conversation: Conversation) -> datetime:
    """``minutes`` from now, or at nine of a morning ``days`` ahead in the region's time."""
    now = timezone.now()
    if "minutes" in step:
        return now + timedelta(minutes=step["minutes"])
    zone = ZoneInfo(Region.objects.values_list("time_zone", flat=True).get(pk=conversation.region_id))
    day = now.astimezone(zone).date() + timedelta(days=step.get("days", 1))
    return datetime.combine(day, _MORNING, zone)


_TIMES: dict[str, Callable[[Any, str], Any]] = {"minutes": _number(1, _LONGEST_MINUTES), "days": _number(1, 90)}
_SAID: dict[str, Callable[[Any, str], Any]] = {"text": _text, "reply_id": _reply_id}
KINDS: dict[str, Kind] = {
    "reply": Kind(_do_reply, _SAID, texts=("text",)),
    "template": Kind(_do_template, {"template": _template}, ("template",), texts=("template",)),
    "note": Kind(_do_note, {"text": _text}, ("text",), texts=("text",)),
    "assign": Kind(_do_assign, {"to": _person}, ("to",), aspect="assign"),
    "team": Kind(
        lambda run, step, number: assign_to_team(**run.which, team_id=step["team"]),
        {"team": _number(1, 2**31 - 1)},
        ("team",),
        aspect="team",
    ),
    "priority": Kind(
        lambda run, step, number: set_priority(**run.which, priority=step["priority"]),
        {"priority": _one_of(*PRIORITIES)},
        ("priority",),
        aspect="priority",
    ),
    "payment": Kind(_do_payment, {"marked": _flag}, aspect="payment"),
    "snooze": Kind(_do_snooze, {**_TIMES, "wakes_on_reply": _flag}, aspect="snooze"),
    "lock": Kind(
        lambda run, step, number: lock_conversation(**run.which, reason=_words(run, step)),
        {"text": _text},
        ("text",),
        texts=("text",),
    ),
    "later": Kind(_do_later, {**_SAID, **_TIMES, "meanwhile": _one_of("ask", "cancel", "send")}, texts=("text",)),
    "resolve": Kind(lambda run, step, number: resolve_conversation(**run.which), aspect="resolve"),
}

SAYING = ("reply", "template")  # what the customer reads at once


def checked_step(given: Any, at: str) -> Step:
    """The step with only what its kind knows; refused at the field that is wrong."""
    kind = KINDS.get(str(given.get("kind"))) if isinstance(given, dict) else None
    if kind is None:
        raise Invalid(field=f"{at}.kind")
    for name in kind.needed:
        if given.get(name) is None:
            raise Missing(field=f"{at}.{name}")
    if kind.fields.keys() >= _SAID.keys() and not (given.get("text") or given.get("reply_id")):
        raise Missing(field=f"{at}.text")
    told = {
        name: check(given[name], f"{at}.{name}") for name, check in kind.fields.items() if given.get(name) is not None
    }
    return {"kind": given["kind"], **told}
