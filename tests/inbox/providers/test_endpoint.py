"""Webhooks of every provider: each signs in its own header, and nobody else's signature counts."""

import pytest
import requests

from inbox.ingest import channels as remembered
from inbox.models import Channel, StoredWebhook
from inbox.whatsapp.providers import DIALOG_360, META, PROVIDERS
from inbox.whatsapp.signature import verify
from tests.conftest import Cast
from tests.worlds.channels import SECRET, channel
from tests.worlds.serving import Served
from tests.worlds.webhooks import signature

BODY = b'{"object":"whatsapp_business_account","entry":[]}'
DIGEST = signature(BODY).removeprefix("sha256=")


def test_each_provider_is_heard_in_its_own_header_only(kefu: Served, cast: Cast):
    shop = channel(cast.asia)

    def post(header: str, value: str) -> int:
        address = f"{kefu.url}/webhooks/whatsapp/{shop.pk}"
        return requests.post(address, data=BODY, headers={header: value}, timeout=10).status_code

    for name, own in PROVIDERS.items():
        Channel.objects.for_system("the test").filter(pk=shop.pk).update(provider=name)
        remembered.forget()
        foreign = META if own.webhook_header != META.webhook_header else DIALOG_360
        assert post(foreign.webhook_header, foreign.webhook_prefix + DIGEST) == 401
        assert post(own.webhook_header, "") == 401
        assert post(own.webhook_header, own.webhook_prefix + DIGEST) == 200
    assert StoredWebhook.objects.count() == 1, "the same body, said three times"


@pytest.mark.parametrize(
    ("prefix", "header", "signed"),
    [
        ("sha256=", "sha256=" + DIGEST, True),
        ("sha256=", DIGEST, False),
        ("sha256=", "sha256=" + DIGEST.upper(), False),
        ("", DIGEST, True),
        ("", "sha256=" + DIGEST, False),
        ("", "0" * 64, False),
        ("", DIGEST[:-1], False),
        ("", "", False),
        ("", None, False),
    ],
)
def test_a_digest_counts_as_its_provider_spells_it(prefix: str, header: str | None, *, signed: bool):
    assert verify(BODY, header, (SECRET,), prefix=prefix) is signed
