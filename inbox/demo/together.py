"""The demo team at work: promised times, snoozes, priorities, saved views, macros and a reply for later, through the
actions that people use."""

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from typing import Any

from django.db.models import F

from inbox.actions.macros import add_macro
from inbox.actions.priorities import set_priority
from inbox.actions.saved_views import add_saved_view
from inbox.actions.scheduled import schedule_reply
from inbox.actions.sla import Promise, Span, refresh_region, set_service, warn_due
from inbox.actions.snoozes import snooze_conversation
from inbox.demo.accounts import BY
from inbox.demo.material import material
from inbox.models import CannedReply, Conversation, Notification, ReplyUse
from security.access import Access, access_of
from security.models import Region, Team, User
from security.writing import write

_WHY = "the demo's day"
_WORKDAYS = range(6)
_WINDOW = timedelta(hours=20)


def work_together(regions: Mapping[str, Region], people: Mapping[str, User], *, now: datetime) -> None:
    told = material("together")
    accesses = {name: access_of(person) for name, person in people.items()}
    _keep_macros(told["macros"], accesses, regions)
    for card in told["views"]:
        region = regions[card["region"]].pk if "region" in card else None
        add_saved_view(by=accesses[card["by"]], name=card["name"], filters=card["filters"], region_id=region)
    _promise(told, accesses["dee"], regions)
    for card in told["snoozes"]:
        by = accesses[card["by"]]
        for talk in _own(by, now=now)[3:4]:
            until = now + timedelta(hours=card["hours"])
            snooze_conversation(by=by, conversation_id=talk.pk, until=until, reason=card["reason"])
    for name, priorities in told["priorities"].items():
        for talk, priority in zip(_own(accesses[name], now=now), priorities, strict=False):
            set_priority(by=accesses[name], conversation_id=talk.pk, priority=priority)
    for card in told["scheduled"]:
        _schedule(card, accesses[card["by"]], now=now)
    _count_replies(people, now=now)


def _keep_macros(cards: list[dict[str, Any]], accesses: Mapping[str, Access], regions: Mapping[str, Region]) -> None:
    teams = dict(Team.objects.values_list("name", "pk"))
    for card in cards:
        region = regions[card["region"]].pk if "region" in card else None
        steps = [{**step, "team": teams[step["team"]]} if "team" in step else step for step in card["steps"]]
        add_macro(by=accesses[card["by"]], name=card["name"], steps=steps, region_id=region)


def _promise(told: dict[str, Any], by: Access, regions: Mapping[str, Region]) -> None:
    opens, closes = (time.fromisoformat(told["hours"][name]) for name in ("opens", "closes"))
    hours = [Span(day, opens, closes) for day in _WORKDAYS]
    promise = Promise(channel_id=None, priority=None, within_hours=True, **told["promises"])
    for region in regions.values():
        if region.pk in by.region_ids:
            set_service(by=by, region_id=region.pk, hours=hours, holidays=[], promises=[promise])
            refresh_region(region.pk)


def look_through_warnings(*, now: datetime) -> None:
    """What was promised and not kept until now was heard of by everybody, and read."""
    warn_due()
    with write(by=BY):
        Notification.objects.for_system(_WHY).filter(kind="sla.warned").update(read_at=now)


def _schedule(card: dict[str, Any], by: Access, *, now: datetime) -> None:
    for talk in _own(by, now=now)[1:2]:
        schedule_reply(
            by=by,
            conversation_id=talk.pk,
            client_ref="demo",
            send_at=now + timedelta(hours=card["hours"]),
            kind="text",
            content={"text": card["text"]},
            meanwhile=card["meanwhile"],
        )


def _count_replies(people: Mapping[str, User], *, now: datetime) -> None:
    """As if they had been used for a while: the shorter its text, the oftener."""
    rows = [
        ReplyUse(reply=reply, person=people[name], times=1 + (len(reply.text) * factor) % 23, last_at=now - age)
        for reply in CannedReply.objects.for_system(_WHY).filter(owner=None).order_by("pk")
        for name, factor, age in (("ben", 7, timedelta(days=1)), ("fay", 5, timedelta(days=4)))
        if len(reply.text) % 3 and reply.region_id in {region.pk for region in people[name].regions.all()}
    ]
    with write(by=access_of(people["ana"])):
        ReplyUse.objects.bulk_create(rows)


def _own(by: Access, *, now: datetime) -> list[Conversation]:
    """Somebody's open conversations in which a free answer may still leave for a while."""
    rows = Conversation.objects.visible_to(by).filter(assignee_id=by.user_id, state="open")
    fresh = rows.filter(last_inbound_at__gt=now - _WINDOW).order_by(F("last_activity_at").desc(), "pk")
    return list(fresh[:6])
