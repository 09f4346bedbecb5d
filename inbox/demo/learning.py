"""Somebody new in the shop: a trainee whose replies wait for a mentor, what was decided on them, and reviews."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q

from inbox.actions.assignments import assign_conversation
from inbox.actions.held_decisions import reject_held
from inbox.actions.holding import comment_held
from inbox.actions.qa_choosing import choose_case, draw_cases
from inbox.actions.qa_reviews import score_case
from inbox.actions.replies import send_text
from inbox.demo.accounts import BY
from inbox.demo.material import material
from inbox.errors import WindowClosed
from inbox.models import Conversation, HeldReply, Message, Resolution
from security.access import Access, access_of
from security.actions.traineeships import start_traineeship
from security.models import User
from security.writing import write

_WHY = "somebody new in the demo shop"
_FINISHED, _DRAWN = 24, 3


def add_learning(people: Mapping[str, User], *, now: datetime) -> None:
    """The newcomer began twelve days ago, and Fay mentors them."""
    cards = material("learning")
    newcomer, mentor, lead = (people[cards[name]] for name in ("trainee", "mentor", "supervisor"))
    User.objects.filter(pk=newcomer.pk).update(hired_on=(now - timedelta(days=12)).date())
    newcomer.refresh_from_db()
    with write(by=BY):
        start_traineeship(by=BY, user=newcomer, mentors=[mentor], holds_replies=True)
        _hand_over(newcomer, people[cards["before"]], now=now)
    _review(access_of(lead), newcomer, cards["reviews"], now=now)
    _write(access_of(newcomer), access_of(mentor), access_of(lead), cards["replies"], now=now)


def _hand_over(newcomer: User, before: User, *, now: datetime) -> None:
    """Cases of the last days were the newcomer's."""
    rows = Resolution.objects.for_system(_WHY).filter(resolved_by=before, reopened_at=None)
    lately = rows.filter(resolved_at__gte=now - timedelta(days=11)).order_by("-resolved_at")
    found = list(lately.values_list("pk", "case_id")[: 3 * _FINISHED])
    said = Message.objects.for_system(_WHY).filter(case_id__in=[case for _, case in found], author=before)
    named = {one.case_id for one in said if before.name in str(one.content.get("text"))}
    mine = [(pk, case) for pk, case in found if case not in named][:_FINISHED]
    rows.filter(pk__in=[pk for pk, _ in mine]).update(resolved_by=newcomer)
    said.filter(case_id__in=[case for _, case in mine]).update(author=newcomer)


def _review(lead: Access, newcomer: User, cards: list[dict[str, Any]], *, now: datetime) -> None:
    done = Resolution.objects.for_system(_WHY).filter(resolved_by=newcomer, conversation__state="resolved")
    latest = list(done.order_by("-resolved_at").values_list("conversation_id", flat=True)[: len(cards)])
    for conversation_id, card in zip(latest, cards, strict=False):
        review = choose_case(by=lead, conversation_id=conversation_id, person_id=newcomer.pk)
        said = Message.objects.for_system(_WHY).filter(case_id=review.case_id, author=newcomer).order_by("-at").first()
        remarks = [(said.pk, card["remark"])] if said is not None and card.get("remark") else []
        score_case(by=lead, review_id=review.pk, marks=card["marks"], summary=card["summary"], remarks=remarks)
    if done.count() > len(latest):
        region = done.values_list("conversation__region_id", flat=True)[0]
        draw_cases(
            by=lead, person_id=newcomer.pk, region_id=region, since=now - timedelta(days=14), until=now,
            count=_DRAWN, seed="demo",
        )  # fmt: skip


def _write(newcomer: Access, mentor: Access, lead: Access, cards: list[dict[str, Any]], *, now: datetime) -> None:
    """Answers to customers who wait, in Chinese; the first was rejected, one was spoken about."""
    open_ = Conversation.objects.for_system(_WHY).filter(state="open", assignee=None, waiting_since__isnull=False)
    open_ = open_.filter(risk_severity=0)  # no trainee keeps a risky one
    fresh = open_.filter(Q(last_inbound_at__gte=now - timedelta(hours=20)), contact__language__startswith="zh")
    waiting = fresh.filter(region_id__in=newcomer.region_ids, channel__state="active").order_by("-last_inbound_at")
    for conversation, card in zip(list(waiting[: len(cards)]), cards, strict=False):
        assign_conversation(by=lead, conversation_id=conversation.pk, to=newcomer.user_id)
        try:
            said = send_text(
                by=newcomer, conversation_id=conversation.pk, client_ref=f"demo-{conversation.pk}", text=card["text"]
            )
        except WindowClosed:
            continue
        held = HeldReply.objects.for_system(_WHY).get(message=said)
        if "comment" in card:
            comment_held(by=mentor, held_id=held.pk, text=card["comment"])
        if "reject" in card:
            reject_held(by=mentor, held_id=held.pk, revision=1, comment=card["reject"])
