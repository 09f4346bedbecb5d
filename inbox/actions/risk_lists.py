"""What makes a conversation risky in a region, and who is told: laid out for new regions, changed by supervisors."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from inbox.models import RiskPolicy, RiskRule, RiskStep, RiskTerm
from inbox.risk.shipped import RULES, shipped_terms
from inbox.risk.words import forget_words
from security.access import Access, Actor, System
from security.bulk import insert_many
from security.errors import Invalid, NotFound, require
from security.models import Region, User
from security.search.folding import fold
from security.writing import write

_WHY = "the lists of a region"
_SPECIALISTS = "risk"  # the skill whose people are told first, until a supervisor says otherwise


@dataclass(frozen=True)
class Rule:
    kind: str
    severity: int
    mentions: int
    window_hours: int
    advice_zh: str
    advice_en: str


@dataclass(frozen=True)
class Word:
    kind: str
    language: str
    text: str


@dataclass(frozen=True)
class Step:
    minutes: int
    skill: str
    people: tuple[int, ...]


def lay_risk_lists() -> int:
    """Give every region that has none the lists Kefu ships; returns how many those were."""
    without = Region.objects.exclude(pk__in=RiskPolicy.objects.for_system(_WHY).values("region_id"))
    return sum(_lay(System("risk lists"), region_id) for region_id in list(without.values_list("pk", flat=True)))


def _lay(by: Actor, region_id: int) -> bool:
    with write(by=by) as change:
        region = Region.objects.select_for_update(no_key=True).get(pk=region_id)
        _policy, made = RiskPolicy.objects.for_system(_WHY).get_or_create(region=region)
        if made:
            insert_many([RiskRule(region=region, **asdict(rule)) for rule in RULES])
            insert_many(
                [
                    RiskTerm(region=region, kind=kind, language=language, text=text)
                    for kind, language, text in shipped_terms()
                ]
            )
            RiskStep.objects.create(region=region, position=0, skill=_SPECIALISTS)
            change.record("risk.lists_laid", region)
    forget_words()
    return made


def set_risk(
    *,
    by: Access,
    region_id: int,
    watches: bool,
    minutes: int,
    rules: Sequence[Rule],
    words: Sequence[Word],
    steps: Sequence[Step],
) -> None:
    """Replace all of a region's at once. A word that stays keeps its figures."""
    require(by.can("inbox.manage_risk"))
    if region_id not in by.region_ids:
        raise NotFound
    _refuse_odd(region_id, rules, words, steps)
    with write(by=by) as change:
        region = Region.objects.select_for_update(no_key=True).get(pk=region_id)
        before = _as_told(region)
        policy, _made = RiskPolicy.objects.for_system(_WHY).get_or_create(region=region)
        policy.watches, policy.minutes = watches, minutes
        policy.save()
        RiskRule.objects.for_system(_WHY).filter(region=region).delete()
        RiskRule.objects.bulk_create([RiskRule(region=region, **asdict(rule)) for rule in rules])
        _replace_words(region, words)
        RiskStep.objects.for_system(_WHY).filter(region=region).delete()
        for position, step in enumerate(steps):
            row = RiskStep.objects.create(region=region, position=position, minutes=step.minutes, skill=step.skill)
            row.people.set(step.people)
        change.record("risk.lists_changed", region, before=before, after=_as_told(region))
    forget_words()


def _replace_words(region: Region, words: Sequence[Word]) -> None:
    wanted = {(word.kind, word.text): word for word in words}
    rows = {(row.kind, row.text): row for row in RiskTerm.objects.for_system(_WHY).filter(region=region)}
    gone = [row.pk for key, row in rows.items() if key not in wanted]
    RiskTerm.objects.for_system(_WHY).filter(pk__in=gone).delete()
    insert_many([RiskTerm(region=region, **asdict(word)) for key, word in wanted.items() if key not in rows])
    for key, row in rows.items():
        if key in wanted and row.language != wanted[key].language:
            row.language = wanted[key].language
            row.save(update_fields=["language"])


def _as_told(region: Region) -> dict[str, Any]:
    """For the operation log."""
    policy = RiskPolicy.objects.for_system(_WHY).filter(region=region).first() or RiskPolicy()
    rules = RiskRule.objects.for_system(_WHY).filter(region=region).order_by("kind")
    words = RiskTerm.objects.for_system(_WHY).filter(region=region).order_by("kind", "text")
    steps = RiskStep.objects.for_system(_WHY).filter(region=region).order_by("position").prefetch_related("people")
    return {
        "watches": policy.watches,
        "minutes": policy.minutes,
        "rules": [f"{rule.kind} {rule.mentions}/{rule.window_hours}h {rule.severity}" for rule in rules],
        "words": [f"{word.kind}: {word.text}" for word in words],
        "steps": [
            {"minutes": step.minutes, "skill": step.skill, "people": sorted(one.pk for one in step.people.all())}
            for step in steps
        ],
    }


def _refuse_odd(region_id: int, rules: Sequence[Rule], words: Sequence[Word], steps: Sequence[Step]) -> None:
    if len({rule.kind for rule in rules}) < len(rules):
        raise Invalid(field="rules", message=_("There are two for the same kind."))
    folded = [(word.kind, fold(word.text).strip()) for word in words]
    if any(not text for _kind, text in folded):
        raise Invalid(field="words", message=_("A word needs at least one letter."))
    if len(set(folded)) < len(folded):
        twice = next(word.text for word, one in zip(words, folded, strict=True) if folded.count(one) > 1)
        raise Invalid(field="words", message=_("“%(word)s” is there twice.") % {"word": twice})
    people = {pk for step in steps for pk in step.people}
    known = User.objects.filter(pk__in=people, is_active=True, memberships__region_id=region_id)
    if known.distinct().count() < len(people):
        raise Invalid(field="steps", message=_("Not everybody works in this region."))
    if any(not step.skill and not step.people for step in steps):
        raise Invalid(field="steps", message=_("A step needs people or a skill."))
