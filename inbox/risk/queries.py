"""Reads of what is risky: of one conversation, and of a region's lists."""

from collections import defaultdict
from typing import Any
from uuid import UUID

from django.db.models import Count, Q

from contacts.shapes import AuthorShape
from inbox.models import Conversation, RiskCase, RiskMention, RiskPolicy, RiskRule, RiskStep, RiskTerm
from inbox.risk.matching import Term, Words
from inbox.risk.people import may_close, may_deal
from inbox.risk.shapes import (
    ListedWordShape,
    RiskSettingsShape,
    RiskShape,
    RuleShape,
    StepShape,
    TriedShape,
    WordShape,
)
from security.access import Access
from security.encryption.keyring import open_keys
from security.errors import NotFound
from security.models import Region
from security.names import names_of

_MOST_TOLD, _MOST_WORDS = 20, 200


def risks(*, access: Access, conversation_id: object) -> list[RiskShape]:
    """Every time it was risky, the running one first."""
    conversation: Conversation = Conversation.objects.visible_to(access).get_or_404(conversation_id)
    rows = list(
        RiskCase.objects.visible_to(access).filter(conversation=conversation).order_by("-raised_at", "-pk")[:_MOST_TOLD]
    )
    if not rows:
        return []
    open_keys(row.key_id for row in rows)
    names = names_of(
        pk for row in rows for pk in (row.raised_by_id, row.given_to_id, row.taken_by_id, row.closed_by_id)
    )
    words = _words(access, [row.pk for row in rows])
    rules = {rule.kind: rule for rule in RiskRule.objects.for_system("advice").filter(region_id=conversation.region_id)}
    return [_risk(row, conversation, access, names, words[row.pk], rules.get(row.kind)) for row in rows]


def _words(access: Access, case_ids: list[UUID]) -> dict[UUID, list[WordShape]]:
    found: dict[UUID, list[WordShape]] = defaultdict(list)
    rows = RiskMention.objects.visible_to(access).filter(case__in=case_ids).order_by("-at", "pk")[:_MOST_WORDS]
    for row in rows:
        found[row.case_id].append(WordShape(row.word, row.kind, row.times, str(row.message_id), row.at))
    return found


def _risk(
    row: RiskCase,
    conversation: Conversation,
    access: Access,
    names: dict[int, str],
    words: list[WordShape],
    rule: RiskRule | None,
) -> RiskShape:
    running = row.closed_at is None
    return RiskShape(
        id=str(row.pk),
        kind=row.kind,
        severity=row.severity,
        state=row.state,
        level=row.level,
        raised_at=row.raised_at,
        raised_by=_person(row.raised_by_id, names),
        note=row.note or "",
        due_at=row.due_at,
        given_to=_person(row.given_to_id, names),
        taken_by=_person(row.taken_by_id, names),
        taken_at=row.taken_at,
        closed_by=_person(row.closed_by_id, names),
        closed_at=row.closed_at,
        reason=row.reason or "",
        words=words,
        advice_zh=rule.advice_zh if rule else "",
        advice_en=rule.advice_en if rule else "",
        may_take=running and row.taken_by_id is None and may_deal(access, conversation, row),
        may_close=running and may_close(access, conversation, row),
    )


def _person(pk: int | None, names: dict[int, str]) -> AuthorShape | None:
    return None if pk is None else AuthorShape(id=pk, name=names.get(pk, ""))


def settings_of(*, access: Access, region_id: int | None = None) -> list[RiskSettingsShape]:
    """Of each of the reader's regions, or of one."""
    regions = Region.objects.filter(pk__in=access.region_ids)
    if region_id is not None:
        regions = regions.filter(pk=region_id)
    return [_settings(region, access) for region in regions]


def _settings(region: Region, access: Access) -> RiskSettingsShape:
    def mine(model: Any) -> Any:
        return model.objects.visible_to(access).filter(region=region)

    policy = mine(RiskPolicy).first() or RiskPolicy(watches=False)
    steps = list(mine(RiskStep).order_by("position").prefetch_related("people"))
    words = mine(RiskTerm).annotate(
        cases=Count("mentions__case", distinct=True),
        false_alarms=Count("mentions__case", distinct=True, filter=Q(mentions__case__state="false_alarm")),
    )
    return RiskSettingsShape(
        region_id=region.pk,
        name=region.name,
        watches=policy.watches,
        minutes=policy.minutes,
        rules=[
            RuleShape(one.kind, one.severity, one.mentions, one.window_hours, one.advice_zh, one.advice_en)
            for one in mine(RiskRule).order_by("pk")
        ],
        words=[
            ListedWordShape(one.kind, one.language, one.text, one.cases, one.false_alarms)
            for one in words.order_by("kind", "language", "pk")
        ],
        steps=[
            StepShape(step.minutes, step.skill, [AuthorShape(one.pk, one.name) for one in step.people.all()])
            for step in steps
        ],
    )


def tried(*, access: Access, region_id: int, text: str) -> list[TriedShape]:
    """What a region's lists find in ``text``."""
    if region_id not in access.region_ids:
        raise NotFound
    terms = RiskTerm.objects.visible_to(access).filter(region_id=region_id).order_by("pk")
    found = Words(Term(row.pk, row.kind, row.text) for row in terms).found_in(text)
    return [TriedShape(one.term.kind, one.term.text, one.times) for one in found]
