"""Yesterday several customers asked about late parcels, and a supervisor follows that: what keywords are for (CM-5)."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from inbox.actions.keyword_words import add_term, choose_term
from inbox.demo.accounts import BY
from inbox.demo.past import Past
from security.access import access_of
from security.models import Region, User
from security.writing import write

_TERM, _OWN = "物流延遲", "高山烏龍茶"
_QUESTIONS = (
    "物流延遲好幾天了，請問什麼時候會到？",
    "是不是物流延遲？追蹤碼都沒有動",
    "包裹還沒到，是物流延遲嗎？",
    "又是物流延遲，禮物來不及送了",
    "物流延遲的話可以先退款嗎？",
    "物流延遲要等到什麼時候？",
    "APP 說物流延遲，能幫我問一下嗎？",
    "聽說物流延遲，我的訂單也會嗎？",
)


def ask_about_parcels(pasts: Sequence[Past], *, now: datetime) -> None:
    """Of those who wrote last on the day that is counted next, some ask anew."""
    asking = [past for past in pasts if _fits(past, now)]
    for past, text in zip(asking, _QUESTIONS, strict=False):
        past.messages[-1].content = {**past.messages[-1].content, "text": text}


def follow_parcels(people: Mapping[str, User], region: Region) -> None:
    """The counting itself is left to the worker: the first start is not to wait for it."""
    from inbox.tasks import count_keywords  # tasks call actions

    by = access_of(people["dee"])
    for text, choice in ((_TERM, {"followed": True}), (_OWN, {"own": True})):
        term = add_term(by=by, region_id=region.pk, text=text)
        choose_term(by=by, term_id=term.pk, **choice)
    with write(by=BY) as change:
        change.enqueue(count_keywords)


def _fits(past: Past, now: datetime) -> bool:
    row, contact = past.messages[-1] if past.messages else None, past.conversation.contact
    if row is None or row.direction != "in" or row.kind != "text" or not contact.language.startswith("zh"):
        return False
    zone = ZoneInfo("Asia/Taipei")
    return contact.country == "TW" and row.at.astimezone(zone).date() == now.astimezone(zone).date() - timedelta(days=1)
