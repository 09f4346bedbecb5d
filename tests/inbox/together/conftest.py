from typing import Any

import pytest
from django.test import Client

from inbox.models import Channel, Conversation
from tests.conftest import Cast
from tests.worlds.channels import channel
from tests.worlds.customers import customer
from tests.worlds.threads import thread


@pytest.fixture
def shop(cast: Cast) -> Channel:
    return channel(cast.asia)


@pytest.fixture
def talk(shop: Channel) -> Conversation:
    return thread(shop, customer("Mei Lin"), "Where is my parcel?")


def call(browser: Client, method: str, path: str, body: Any = None) -> Any:
    return getattr(browser, method)(f"/api/v1/{path}", body, content_type="application/json")


def listed(browser: Client, query: str = "") -> list[str]:
    """The ids of the first page."""
    return [row["id"] for row in browser.get(f"/api/v1/conversations{query}").json()["results"]]
