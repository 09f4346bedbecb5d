"""The webhook endpoint over HTTP: any bytes, any framing, any headers. Stored once and answered 200, or refused."""

import zlib
from collections.abc import Iterator
from typing import Any

import pytest
import requests
from hypothesis import given
from hypothesis import strategies as st

from inbox.ingest.drainer import drain
from inbox.models import StoredWebhook
from tests.conftest import Cast
from tests.fuzz.effort import search
from tests.fuzz.odd_json import ODD, spelled
from tests.worlds.channels import channel
from tests.worlds.customers import customer
from tests.worlds.serving import Served
from tests.worlds.threads import messages
from tests.worlds.webhooks import envelope, message, packed, signature, value

RAW = st.binary(max_size=300) | ODD.map(spelled) | st.binary(max_size=100).map(zlib.compress)
TYPES = st.sampled_from(["application/json", "text/xml", "", "multipart/form-data; boundary=", "x" * 500])
ODD_SIGNATURES = st.sampled_from(["", "sha256=", "sha256=" + "0" * 64, "sha1=0", "é", "sha256=" + "Z" * 64])


@pytest.fixture
def http() -> Iterator[requests.Session]:
    with requests.Session() as session:
        session.trust_env = False
        yield session


def pieces(body: bytes) -> Iterator[bytes]:
    for start in range(0, len(body), 7):
        yield body[start : start + 7]


def test_what_is_signed_is_stored_and_what_is_not_is_refused(kefu: Served, cast: Cast, http: requests.Session):
    shop = channel(cast.asia)
    url = f"{kefu.url}/webhooks/whatsapp/{shop.pk}"

    @search(60)
    @given(RAW, TYPES, st.none() | ODD_SIGNATURES, st.sampled_from(["whole", "chunked", "deflate", "gzip"]))
    def hold(body: bytes, kind: str, forged: Any, how: str) -> None:
        StoredWebhook.objects.all().delete()
        signed = signature(body) if forged is None else forged
        headers = {"X-Hub-Signature-256": signed.encode("latin-1"), "Content-Type": kind}
        if how in ("deflate", "gzip"):
            headers["Content-Encoding"] = how  # Meta signs what is on the wire; nothing is unpacked
        answer = http.post(url, data=pieces(body) if how == "chunked" else body, headers=headers, timeout=20)
        assert answer.status_code == (200 if forged is None else 401), answer.text
        assert StoredWebhook.objects.count() == (1 if forged is None else 0)

    hold()
    StoredWebhook.objects.all().delete()
    who = customer()
    last = packed(envelope(shop, value(shop, people=[who], messages=[message(who, content="after all that")])))
    assert http.post(url, data=last, headers={"X-Hub-Signature-256": signature(last)}, timeout=20).status_code == 200
    drain(shop.pk)
    assert [row.content for row in messages()] == [{"text": "after all that"}]
