"""Reads of canned replies: all I can use, and those of a conversation, ranked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q, Sum
from django.utils import timezone

from inbox.canned.ranking import Candidate, Context, Ranked, ranked, suggestions
from inbox.canned.variables import Facts, known_values, offered_values
from inbox.canned.wording import greeting_in, language_of, language_of_text
from inbox.models import CannedReply, Case, Conversation, InboxPolicy, Message, ReplyUse
from security.access import Access
from security.models import TeamMembership

_WHY = "figures of replies that are seen"
_SUGGESTED = 3


@dataclass(frozen=True)
class Use:
    """How often a reply was sent: by the reader, when last by them, by everybody."""

    mine: int = 0
    last_mine: datetime | None = None
    everybody: int = 0


@dataclass(frozen=True)
class Prepared:
    """The replies of a conversation, best first, and what fills them in."""

    rows: list[CannedReply]
    ranking: dict[str, Ranked]
    suggested: list[str]
    values: dict[str, str]
    offers: dict[str, list[str]]
    greeting: str
    language: str


def canned_replies(*, access: Access, like: str = "") -> list[CannedReply]:
    """Those of my regions and my own, by shortcut; ``like`` filters on shortcut, title and text."""
    if "\x00" in like:
        return []  # no text holds a NUL, and PostgreSQL refuses to look for one
    rows = CannedReply.objects.visible_to(access).select_related("team", "owner")
    if like:
        rows = rows.filter(Q(shortcut__icontains=like) | Q(title__icontains=like) | Q(text__icontains=like))
    return list(rows.order_by("shortcut", "language", "pk")[: 2 * InboxPolicy.current().prepared_most])


def uses_of(rows: Sequence[CannedReply], *, access: Access) -> dict[Any, Use]:
    """By reply, with two queries."""
    kept = ReplyUse.objects.for_system(_WHY).filter(reply__in=[row.pk for row in rows])
    mine = {use.reply_id: use for use in kept.filter(person_id=access.user_id)}
    totals = dict(kept.order_by().values_list("reply_id").annotate(Sum("times")))
    return {
        row.pk: Use(
            mine=mine[row.pk].times if row.pk in mine else 0,
            last_mine=mine[row.pk].last_at if row.pk in mine else None,
            everybody=totals.get(row.pk, 0),
        )
        for row in rows
    }


def replies_for(*, access: Access, conversation: Conversation) -> Prepared:
    """All that can be used in ``conversation`` (seen by ``access``), in the order of the ranking."""
    rows = [row for row in canned_replies(access=access) if row.region_id == conversation.region_id or row.owner_id]
    uses = uses_of(rows, access=access)
    said = _last_words(access, conversation)
    language = language_of(conversation.contact.language) or language_of_text(said)
    first = _is_first(conversation)
    context = Context(
        now=timezone.now(),
        language=language,
        said=said,
        channel_id=str(conversation.channel_id),
        team_ids=frozenset(TeamMembership.objects.filter(user_id=access.user_id).values_list("team_id", flat=True)),
        first=first,
    )
    order = ranked([_candidate(row, uses[row.pk]) for row in rows], context)
    facts = Facts(access, conversation)
    values = known_values(facts)
    by_id = {str(row.pk): row for row in rows}
    name = values.get("contact.name", "")
    return Prepared(
        rows=[by_id[one.id] for one in order],
        ranking={one.id: one for one in order},
        suggested=suggestions(order, most=_SUGGESTED),
        values=values,
        offers=offered_values(facts),
        greeting=greeting_in(name, language) if first and name else "",
        language=language,
    )


def _candidate(row: CannedReply, use: Use) -> Candidate:
    return Candidate(
        id=str(row.pk),
        shortcut=row.shortcut,
        title=row.title,
        text=row.text,
        language=row.language,
        personal=row.owner_id is not None,
        team_id=row.team_id,
        channel_id=str(row.channel_id or ""),
        mine=use.mine,
        last_mine=use.last_mine,
        everybody=use.everybody,
    )


def _last_words(access: Access, conversation: Conversation) -> str:
    """What the customer said last, if that is not too old for the reader."""
    said = Message.objects.visible_to(access).filter(conversation=conversation, direction="in", kind="text")
    last = said.order_by("-at", "-pk").first()
    return str(last.content.get("text", "")) if last is not None else ""


def _is_first(conversation: Conversation) -> bool:
    """Whether nobody has answered in the running case."""
    case = Case.objects.for_system(_WHY).filter(conversation=conversation).order_by("-number").first()
    return case is None or case.first_reply_at is None
