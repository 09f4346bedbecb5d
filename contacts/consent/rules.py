"""The words of regions, for those who look after them."""

from dataclasses import dataclass
from typing import Any

from contacts.consent.shipped import REPLIES, START_WORDS, STOP_WORDS
from contacts.models import ConsentRules
from security.access import Access
from security.errors import NotFound
from security.models import Region

_WHY = "the words of a region"


@dataclass(frozen=True)
class RepliesShape:
    zh: str
    en: str


@dataclass(frozen=True)
class ConsentRulesShape:
    """``version`` 0: those that Kefu ships. ``stop_reply`` and ``start_reply``: what customers are answered, once."""

    region_id: int
    name: str
    stop_words: list[str]
    start_words: list[str]
    confirms: bool
    stop_reply: RepliesShape
    start_reply: RepliesShape
    version: int


@dataclass(frozen=True)
class ConsentBroughtShape:
    """``id``: of the line of the register; null: ``refusal`` says why there is none."""

    id: str | None
    refusal: dict[str, Any] | None


def rules_of(region: Region) -> ConsentRules:
    """Those in force, stored or not."""
    stored: ConsentRules | None = ConsentRules.objects.for_system(_WHY).filter(region=region).first()
    return stored or ConsentRules(
        region=region, stop_words=list(STOP_WORDS), start_words=list(START_WORDS), replies=dict(REPLIES), version=0
    )


def consent_rules_of(*, access: Access, region_id: int | None = None) -> list[ConsentRulesShape]:
    regions = Region.objects.filter(pk__in=access.region_ids if region_id is None else {region_id} & access.region_ids)
    shapes = [_shape(rules_of(region), region) for region in regions.order_by("pk")]
    if region_id is not None and not shapes:
        raise NotFound
    return shapes


def _shape(row: ConsentRules, region: Region) -> ConsentRulesShape:
    return ConsentRulesShape(
        region_id=region.pk,
        name=region.name,
        stop_words=row.stop_words,
        start_words=row.start_words,
        confirms=row.confirms,
        stop_reply=RepliesShape(**row.replies["stop"]),
        start_reply=RepliesShape(**row.replies["start"]),
        version=row.version,
    )
