"""Who agreed to marketing in the demo shop, and two segments of each region one can look at."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from contacts.actions.consent_import import ConsentLine, record_consents
from contacts.actions.segments import create_segment
from contacts.models import Contact
from inbox.demo.material import material
from security.access import access_of
from security.models import Region, User
from security.writing import write

_MOST = 40  # of a region; every other of those who wrote last
_PROOF = {"zh": "結帳頁勾選「我願意收到優惠訊息」", "en": "Ticked “Send me offers” at the checkout"}


def _asked(op: str, days: int) -> dict[str, Any]:
    return {"fact": "contact.last_seen_at", "op": op, "value": days}


_AGREED = {"fact": "contact.may_get_marketing", "op": "is_true"}
_SEGMENTS = (
    ("近 30 天來過、可行銷", "新品通知用", {"all": [_asked("within_last", 30), _AGREED]}),
    ("三週沒來訊的客戶", "喚回前先看名單", {"all": [_asked("longer_ago", 21)]}),
)


def add_agreements(people: Mapping[str, User], regions: Mapping[str, Region], *, now: datetime) -> None:
    lead = people[material("learning")["supervisor"]]
    by = access_of(lead)
    for region in regions.values():
        if region.pk not in by.region_ids:
            continue
        rows = Contact.objects.visible_to(by).filter(region=region).order_by("-last_seen_at", "pk")[: 2 * _MOST : 2]
        lines = [
            ConsentLine(
                row.pk, given=True, at=row.first_seen_at - timedelta(minutes=5), source="form",
                evidence=_PROOF["zh" if row.country in ("TW", "HK", "") else "en"],
            )
            for row in rows
        ]  # fmt: skip
        with write(by=by):
            record_consents(by=by, lines=lines)
            for name, description, conditions in _SEGMENTS:
                create_segment(by=by, region_id=region.pk, name=name, description=description, conditions=conditions)
