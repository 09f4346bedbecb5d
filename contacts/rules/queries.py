"""Reading rules and what they did: with the same few statements for one and for many."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Max, OuterRef, Q, Subquery
from django.utils import timezone
from django.utils.translation import override

from contacts.actions.rules import said_by
from contacts.models import Contact, Rule, RuleRun, RuleTrial, RuleVersion
from contacts.queries import phones_of
from contacts.rules.deeds import deed_kinds
from contacts.rules.policy import RulesPolicy
from contacts.rules.reading import RuleReader, deed_shapes, event_shapes
from contacts.rules.shapes import (
    RuleDeedShape,
    RuleFigures,
    RuleReadingShape,
    RuleRunShape,
    RuleShape,
    RuleTrialShape,
    RuleTriedShape,
    RuleVersionShape,
    RuleVocabularyShape,
    RuleWhyShape,
)
from contacts.rules.why import Why, verdict_of
from contacts.shapes import AuthorShape, ContactBriefShape
from security.access import ALL, Access
from security.cursors import time_and_id
from security.encryption.keyring import open_keys
from security.names import names_of

_WHY = "figures of rules that are seen"
_FIGURES = timedelta(days=30)


def rules_of(*, access: Access, region_id: int) -> list[RuleShape]:
    rows = Rule.objects.visible_to(access).filter(region_id=region_id, archived_at=None).order_by("position", "pk")
    return rule_shapes(list(rows), access=access)


def rule_shape(rule: Rule, *, access: Access) -> RuleShape:
    return rule_shapes([rule], access=access)[0]


def rule_shapes(rules: Sequence[Rule], *, access: Access) -> list[RuleShape]:
    ids = [rule.pk for rule in rules]
    rows = RuleVersion.objects.for_system(_WHY).filter(rule__in=ids, number=F("rule__current"))
    versions = {row.rule_id: row for row in rows}
    figures = _figures(ids, access)
    readers = {region_id: RuleReader(region_id) for region_id in {rule.region_id for rule in rules}}
    return [_rule(rule, versions[rule.pk], figures[rule.pk], readers[rule.region_id]) for rule in rules]


def _rule(rule: Rule, version: RuleVersion, figures: RuleFigures, reader: RuleReader) -> RuleShape:
    said = said_by(version)
    return RuleShape(
        id=str(rule.pk), region_id=rule.region_id, reading=reader.read(said), is_on=rule.is_on,
        paused_at=rule.paused_at, shipped=bool(rule.shipped), version=rule.current, changed_at=rule.changed_at,
        figures=figures, **said,
    )  # fmt: skip


def _figures(ids: Sequence[UUID], access: Access) -> dict[UUID, RuleFigures]:
    """Of the firings the reader sees."""
    runs = RuleRun.objects
    rows = (runs.for_system(_WHY) if access.sight == ALL else runs.visible_to(access)).filter(rule__in=ids)
    newest_error = rows.filter(rule=OuterRef("rule"), state="failed").order_by("-fired_at").values("error")[:1]
    since = Q(fired_at__gte=timezone.now() - _FIGURES)
    found: dict[UUID, RuleFigures] = defaultdict(lambda: RuleFigures(0, 0, None, None))
    counted = rows.order_by().values("rule_id").annotate(
        fired=Count("pk", filter=since), failed=Count("pk", filter=since & Q(state="failed")), last=Max("fired_at"),
        last_error=Subquery(newest_error),
    )  # fmt: skip
    for row in counted:
        found[row["rule_id"]] = RuleFigures(row["fired"], row["failed"], row["last"], row["last_error"])
    return found


def versions_of(*, access: Access, rule_id: UUID) -> list[RuleVersionShape]:
    rule: Rule = Rule.objects.visible_to(access).get_or_404(rule_id)
    rows = list(RuleVersion.objects.visible_to(access).filter(rule=rule).order_by("-number"))
    names, reader = names_of(row.made_by_id for row in rows), RuleReader(rule.region_id)
    return [
        RuleVersionShape(
            number=row.number, name=row.name, reading=reader.read(said_by(row)), made_by=_author(row.made_by_id, names),
            made_at=row.made_at, current=row.number == rule.current,
        )
        for row in rows
    ]  # fmt: skip


def readings_of(said: dict[str, Any], region_id: int) -> RuleReadingShape:
    told = {}
    for name, language in (("zh", "zh-hant"), ("en", "en")):
        with override(language):
            told[name] = RuleReader(region_id).read(said)
    return RuleReadingShape(**told)


def run_page(*, access: Access, after: list[Any] | None, limit: int, of: Q) -> list[RuleRun]:
    """The newest first; ``of``: what the caller opened for the reader."""
    rows = RuleRun.objects.visible_to(access).select_related("rule", "version", "contact").filter(of)
    if after is not None:
        at, pk = time_and_id(after)
        rows = rows.filter(Q(fired_at__lt=at) | Q(fired_at=at, pk__lt=pk))
    return list(rows.order_by("-fired_at", "-pk")[: limit + 1])


def in_conversation(conversation_id: UUID, contact_id: UUID) -> Q:
    """Firings there, and those for its contact that happened in none, as for an order."""
    return Q(conversation_id=conversation_id) | Q(conversation_id=None, contact_id=contact_id)


def run_shapes(rows: Sequence[RuleRun]) -> list[RuleRunShape]:
    open_keys(row.key_id for row in rows)
    people = _briefs([row.contact for row in rows])
    names = names_of(row.undone_by_id for row in rows if row.undone_by_id is not None)
    readers = {pk: RuleReader(pk) for pk in {row.rule.region_id for row in rows}}
    return [_run(row, people, names, readers[row.rule.region_id]) for row in rows]


def _run(
    row: RuleRun, people: dict[UUID, ContactBriefShape], names: dict[int, str], reader: RuleReader
) -> RuleRunShape:
    kinds = deed_kinds()
    able = any(one["done"] is not None and (kind := kinds.get(one["do"])) and kind.undo for one in row.deeds)
    return RuleRunShape(
        id=str(row.pk), rule_id=str(row.rule_id), rule_name=row.version.name, version=row.version.number,
        contact=people.get(row.contact_id), conversation_id=str(row.conversation_id) if row.conversation_id else None,
        event=row.event, at=row.at, fired_at=row.fired_at, state=row.state, error=row.error or None,
        deeds=_deeds(row, reader), verdict=reader.verdict(verdict_of(row)),
        can_undo=able and row.undone_at is None, undone_at=row.undone_at, undone_by=_author(row.undone_by_id, names),
        cut=row.cut,
    )  # fmt: skip


def _deeds(row: RuleRun, reader: RuleReader) -> list[RuleDeedShape]:
    return [
        RuleDeedShape(
            do=told["do"], reading=reader.deed(action), changed=told["done"] is not None, code=told["code"] or None,
            undo=told.get("undo") or None,
        )
        for told, action in zip(row.deeds, row.version.actions, strict=False)
    ]  # fmt: skip


def why_shapes(rows: Iterable[Why], region_id: int) -> list[RuleWhyShape]:
    reader = RuleReader(region_id)
    return [RuleWhyShape(**{**asdict(row), "verdict": reader.verdict(row.verdict)}) for row in rows]


def trial_shape(*, access: Access, trial_id: UUID) -> RuleTrialShape:
    """One's own only: it was made for whoever asked."""
    row: RuleTrial = RuleTrial.objects.visible_to(access).filter(asked_by_id=access.user_id).get_or_404(trial_id)
    seen = Contact.objects.visible_to(access).filter(pk__in={one["contact"] for one in row.found})
    people, reader = _briefs(list(seen)), RuleReader(row.region_id)
    return RuleTrialShape(
        id=str(row.pk), rule_id=str(row.rule_id) if row.rule_id else None, state=row.state, days=row.days,
        looked=row.looked, fired=row.fired, contacts=row.contacts, of_today=[reader.fact(key) for key in row.of_today],
        found=[_tried(one, people) for one in row.found if UUID(one["contact"]) in people],
        asked_at=row.asked_at, finished_at=row.finished_at,
    )  # fmt: skip


def _tried(one: dict[str, Any], people: dict[UUID, ContactBriefShape]) -> RuleTriedShape:
    return RuleTriedShape(people.get(UUID(one["contact"])), one["conversation"], datetime.fromisoformat(one["at"]))


def rule_vocabulary(region_id: int) -> RuleVocabularyShape:
    """In the language in force."""
    return RuleVocabularyShape(event_shapes(), deed_shapes(region_id), RulesPolicy.current().trial_days)


def _briefs(contacts: Sequence[Contact]) -> dict[UUID, ContactBriefShape]:
    open_keys(row.key_id for row in contacts)
    phones = phones_of(contacts)
    return {row.pk: ContactBriefShape.of(row, phones.get(row.pk)) for row in contacts}


def _author(user_id: int | None, names: dict[int, str]) -> AuthorShape | None:
    return None if user_id is None else AuthorShape(id=user_id, name=names.get(user_id, ""))
