from collections.abc import Sequence
from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from inbox.models import Channel, KeywordCount, KeywordTerm
from security.models import Region
from tests.conftest import Cast
from tests.worlds.channels import channel
from tests.worlds.customers import Customer, customer
from tests.worlds.webhooks import arrive, message, value

_WHY = "the test looks"
CROWD = 30
GREETINGS = "請問什麼時候出貨"


@pytest.fixture
def shop(cast: Cast) -> Channel:
    return channel(cast.asia)


@pytest.fixture
def crowd() -> list[Customer]:
    return [customer(f"Customer {chr(65 + place)}") for place in range(CROWD)]


def day(region: Region, back: int) -> date:
    """So many days before today, as the region counts them."""
    return timezone.now().astimezone(ZoneInfo(region.time_zone)).date() - timedelta(days=back)


def write_on(shop: Channel, crowd: Sequence[Customer], back: int, texts: Sequence[str]) -> None:
    """On that day each of the crowd wrote one of ``texts``, in turn."""
    noon = timezone.now().astimezone(ZoneInfo(shop.region.time_zone)).replace(hour=12, minute=0)
    ago = (timezone.now() - (noon - timedelta(days=back))).total_seconds()
    said = [message(who, "text", texts[place % len(texts)], ago=ago - place) for place, who in enumerate(crowd)]
    arrive(shop, value(shop, people=crowd, messages=said))


def usual_days(shop: Channel, crowd: Sequence[Customer], *, days: int, first: int = 2) -> None:
    """A tenth of the crowd wrote of late parcels, each day."""
    for back in range(first, first + days):
        write_on(shop, crowd, back, ["物流延遲好久", *[GREETINGS] * 9])


def terms(region: Region) -> dict[str, KeywordTerm]:
    rows = KeywordTerm.objects.for_system(_WHY).filter(region=region)
    return {row.text: row for row in rows}


def counts(region: Region, back: int) -> dict[str, tuple[int, int]]:
    """Messages and conversations by term."""
    rows = KeywordCount.objects.for_system(_WHY).filter(region=region, on=day(region, back)).select_related("term")
    return {row.term.text: (row.messages, row.conversations) for row in rows}
