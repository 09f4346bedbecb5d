"""Webhooks of every provider: each signs in its own header, and nobody else's signature counts."""

import pytest
import requests

from inbox.models import Channel, StoredWebhook
from inbox.whatsapp.providers import DIALOG_360, META, PROVIDERS
from tests.conftest import Cast
from tests.worlds.channels import channel
from tests.worlds.serving import Served
from tests.worlds.webhooks import signature

BODY = b'{"object":"whatsapp_business_account","entry":[]}'
DIGEST = signature(BODY).removeprefix("sha256=")


def post(kefu: Served, shop: Channel, headers: dict[str, str]) -> int:
    return requests.post(f"{kefu.url}/webhooks/whatsapp/{shop.pk}", data=BODY, headers=headers, timeout=10).status_code


def shop_of(cast: Cast, provider: str) -> Channel:
    made = channel(cast.asia)
    Channel.objects.for_system("the test").filter(pk=made.pk).update(provider=provider)
    return made


@pytest.mark.parametrize("name", PROVIDERS)
def test_a_body_is_taken_in_when_it_is_signed_as_its_provider_signs(kefu: Served, cast: Cast, name: str):
    own = PROVIDERS[name]
    assert post(kefu, shop_of(cast, name), {own.webhook_header: own.webhook_prefix + DIGEST}) == 200
    assert StoredWebhook.objects.count() == 1


@pytest.mark.parametrize(
    ("name", "headers"),
    [
        ("360dialog", {META.webhook_header: "sha256=" + DIGEST}),
        ("360dialog", {DIALOG_360.webhook_header: "sha256=" + DIGEST}),
        ("360dialog", {DIALOG_360.webhook_header: "0" * 64}),
        ("360dialog", {}),
        ("meta", {DIALOG_360.webhook_header: DIGEST}),
        ("meta", {META.webhook_header: DIGEST}),
    ],
)
def test_another_header_or_spelling_does_not_count(kefu: Served, cast: Cast, name: str, headers: dict[str, str]):
    assert post(kefu, shop_of(cast, name), headers) == 401
    assert not StoredWebhook.objects.exists()
