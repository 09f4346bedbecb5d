"""One suite for every provider: whoever carries the messages, the adapter behaves the same (ON-3)."""

import base64
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import count
from typing import Any

import pytest

from inbox.whatsapp.client import GraphClient
from inbox.whatsapp.faults import NumberDown, Rejected, Throttled, Unconfirmed
from inbox.whatsapp.flows import Flow
from inbox.whatsapp.providers import META, PROVIDERS
from inbox.whatsapp.wire import Credentials, Outbound
from tests.inbox.providers.dialog_360 import Dialog360
from tests.inbox.providers.redirecting import keyless, redirecting
from tests.inbox.simulator.running import Running
from tests.worlds.asia import picture_bytes

_numbers = count(300_000_000_000_001)


@dataclass
class Line:
    """A number behind one provider, and a customer who wrote to it."""

    meta: Running
    client: GraphClient
    number: str
    mei: dict[str, Any]

    def text(self, words: str = "Hi", **more: Any) -> Outbound:
        return replace(Outbound("text", {"text": words}, "own-id", self.mei["phone"].lstrip("+"), None), **more)

    def inbound(self, **body: Any) -> dict[str, Any]:
        path = f"customers/{self.mei['id']}/messages"
        return self.meta.sim("POST", path, {"number": self.number, "announce": False, **body})

    def got(self) -> list[dict[str, Any]]:
        """The bodies of the send calls that reached WhatsApp, oldest first."""
        rows = self.meta.sim("GET", f"calls?number={self.number}")["results"]
        return [row["detail"]["body"] for row in reversed(rows) if row["path"].endswith("/messages")]

    def with_key(self, key: str) -> GraphClient:
        return GraphClient(replace(self.client.credentials, access_token=key))


@pytest.fixture(params=PROVIDERS)
def line(request: pytest.FixtureRequest, meta: Running) -> Iterator[Line]:
    number = str(next(_numbers))
    account, key = f"9{number}", f"SIMTOKEN-{number}"
    meta.sim("POST", "numbers", {"phone_number_id": number, "waba_id": account, "access_token": key,
                                 "verified_name": "Tea House"})  # fmt: skip
    mei = meta.sim("POST", "customers", {"name": "Mei Lin"})
    between = Dialog360(meta.url, number=number, account=account, key=key) if request.param == "360dialog" else None
    base_url = between.url if between else meta.url
    credentials = Credentials(base_url, "v24.0", number, key, provider=request.param, waba_id=account)
    made = Line(meta, GraphClient(credentials), number, mei)
    made.inbound(type="text", text="Hello")
    yield made
    if between:
        between.stop()


def test_a_message_is_accepted_with_its_id(line: Line):
    sent = line.client.send(line.text(), timeout=5)
    assert sent.provider_ref.startswith("wamid.") and sent.wa_id == line.mei["phone"].lstrip("+")
    (body,) = line.got()
    assert body["to"].startswith("+") and body["biz_opaque_callback_data"] == "own-id"
    assert body["text"]["body"] == "Hi"


def test_a_key_that_is_not_the_numbers_stops_the_number(line: Line):
    with pytest.raises(NumberDown) as fault:
        line.with_key("SIMTOKEN-of-nobody").send(line.text(), timeout=5)
    assert fault.value.code == ("http_401" if line.client.provider.name == "360dialog" else "190")
    assert line.client.send(line.text(), timeout=5).provider_ref, "the number's own key still works"


@pytest.mark.parametrize("status", [401, 403])
def test_a_refusal_without_metas_words_stops_the_number_and_fails_no_message(line: Line, status: int):
    line.meta.sim("POST", "faults", {"kind": "send_status", "status": status})
    with pytest.raises(NumberDown) as fault:
        line.client.send(line.text(), timeout=5)
    assert fault.value.code == f"http_{status}"


def test_what_is_refused_is_refused_for_good(line: Line):
    with pytest.raises(Rejected) as fault:
        line.client.send(line.text("x" * 5000), timeout=5)
    assert fault.value.code == "100"


def test_throttling_says_for_how_long(line: Line):
    line.meta.sim("POST", "faults", {"kind": "send_error", "code": 130429, "status": 429, "retry_after": 33})
    with pytest.raises(Throttled) as fault:
        line.client.send(line.text(), timeout=5)
    assert (fault.value.code, fault.value.after) == ("130429", 33)


def test_an_error_page_leaves_the_fate_unknown(line: Line):
    line.meta.sim("POST", "faults", {"kind": "send_accept_then_status", "status": 502})
    with pytest.raises(Unconfirmed):
        line.client.send(line.text(), timeout=5)


def test_a_message_is_marked_as_read(line: Line):
    heard = line.inbound(type="text", text="Anybody there?")
    line.client.mark_read(heard["wamid"], timeout=5)
    assert line.got()[-1]["status"] == "read"


def test_a_file_is_uploaded_and_sent(line: Line):
    ref = line.client.upload(picture_bytes(), mime_type="image/jpeg", name="tea.jpg", timeout=5)
    photo = Outbound("image", {"text": "Oolong"}, "own-id", line.mei["phone"], None, media_ref=ref)
    assert line.client.send(photo, timeout=5).provider_ref
    assert line.got()[-1]["image"] == {"id": ref, "caption": "Oolong"}


def test_a_customers_file_is_found_and_downloaded_whole(line: Line):
    picture = picture_bytes()
    sent = line.inbound(type="image", data=base64.b64encode(picture).decode())
    url = line.client.media_url(sent["content"]["id"], timeout=5)
    assert b"".join(line.client.download(url, largest=1_000_000, timeout=5)) == picture


def test_a_file_that_is_not_there_is_refused(line: Line):
    with pytest.raises((NumberDown, Rejected)):
        line.client.media_url("1234567890123456", timeout=5)


def test_the_health_of_the_number_is_read(line: Line):
    health = line.client.health(timeout=5)
    assert health.can_send == "AVAILABLE" and health.problems == ()
    if line.client.provider.paths == META.paths:
        assert (health.quality, health.verified_name, health.limit) == ("GREEN", "Tea House", "TIER_250")


def test_the_health_of_a_number_whose_key_was_revoked_is_that_it_does_not_work(line: Line):
    line.meta.sim("POST", "numbers", {"phone_number_id": line.number, "token_state": "revoked"})
    with pytest.raises(NumberDown):
        line.client.health(timeout=5)


def test_the_templates_of_the_account_are_read_with_their_parts(line: Line):
    account = line.client.credentials.waba_id
    body = {"type": "BODY", "text": "Hello {{1}}, order {{2}} left. {{1}}!"}
    line.meta.sim("POST", "templates", {"waba_id": account, "name": "left", "language": "en", "components": [body]})
    found = {one.name: one for one in line.client.templates(timeout=5)}
    assert found["left"].components == [body] and found["left"].status == "APPROVED"
    assert "hello_world" in found


def test_more_templates_than_a_page_are_read_each_once(line: Line):
    account = line.client.credentials.waba_id
    for number in range(120):
        body = {"type": "BODY", "text": "Hello"}
        row = {"waba_id": account, "name": f"t_{number:03}", "language": "en", "components": [body]}
        line.meta.sim("POST", "templates", row)
    found = [one.name for one in line.client.templates(timeout=10)]
    assert len(found) == len(set(found)) == 121


def test_the_published_flows_of_the_account_are_read_where_the_provider_lists_them(line: Line):
    flow = {"waba_id": line.client.credentials.waba_id, "name": "booking"}
    line.meta.sim("POST", "flows", {**flow, "name": "not yet", "status": "DRAFT"})
    made = line.meta.sim("POST", "flows", flow)["id"]
    listed = [] if line.client.provider.name == "360dialog" else [Flow(id=made, name="booking")]
    assert line.client.flows(timeout=5) == listed


def test_a_redirect_to_another_host_takes_no_key_along(line: Line):
    """Files are often answered with one."""
    with keyless() as (address, heard), redirecting(address) as place:
        assert b"".join(line.client.download(f"{place}/file", largest=100, timeout=5)) == b"tea"
    (headers,) = heard
    assert line.client.credentials.access_token not in str(headers)
