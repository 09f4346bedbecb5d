"""``/webhooks/whatsapp/{channel}`` over raw HTTP: what is answered, and what is stored."""

import threading
from collections.abc import Iterator
from typing import Any

import pytest
import requests
from django.db import connection, connections

from inbox.actions.channels import rotate_app_secret
from inbox.ingest import channels as remembered
from inbox.ingest.endpoint import LARGEST_BODY
from inbox.models import Channel, StoredWebhook
from security.encryption.keyring import open_key
from security.encryption.sealing import unseal
from tests.conftest import BY, Cast
from tests.worlds.channels import SECRET, VERIFY_TOKEN, channel
from tests.worlds.serving import Served
from tests.worlds.webhooks import signature

BODY = b'{"object":"whatsapp_business_account","entry":[]}'


@pytest.fixture
def shop(kefu: Served, cast: Cast) -> Channel:
    return channel(cast.asia)


@pytest.fixture
def http() -> Iterator[requests.Session]:
    with requests.Session() as session:
        session.trust_env = False
        yield session


def url(kefu: Served, shop: Channel) -> str:
    return f"{kefu.url}/webhooks/whatsapp/{shop.pk}"


def signed(body: bytes, secret: str = SECRET) -> dict[str, Any]:
    return {"data": body, "headers": {"X-Hub-Signature-256": signature(body, secret)}, "timeout": 20}


def stored() -> int:
    return StoredWebhook.objects.count()


def handshake(kefu: Served, shop: Channel, **query: str) -> requests.Response:
    params = {"hub.mode": "subscribe", "hub.challenge": "1158201444", "hub.verify_token": VERIFY_TOKEN}
    given = {**params, **{name.replace("_", ".", 1): value for name, value in query.items()}}
    return requests.get(url(kefu, shop), params=given, timeout=10)


def test_the_handshake_echoes_the_challenge_for_our_token(kefu: Served, shop: Channel):
    answer = handshake(kefu, shop)
    assert (answer.status_code, answer.text) == (200, "1158201444")
    assert answer.headers["content-type"].startswith("text/plain")
    assert answer.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize(
    "query",
    [{"hub_verify_token": "wrong"}, {"hub_verify_token": ""}, {"hub_verify_token": "é"}, {"hub_mode": "unsubscribe"}],
)
def test_the_handshake_refuses_anybody_else_and_echoes_nothing(kefu: Served, shop: Channel, query: dict[str, str]):
    answer = handshake(kefu, shop, **query)
    assert answer.status_code == 403 and "1158201444" not in answer.text


def test_a_channel_without_a_verify_token_cannot_be_shaken_hands_with(kefu: Served, shop: Channel):
    shop.credentials = {**shop.credentials, "verify_token": ""}
    shop.save()
    assert handshake(kefu, shop, hub_verify_token="").status_code == 403


def test_a_signed_body_is_stored_sealed_and_answered_200(kefu: Served, shop: Channel, http: requests.Session):
    assert http.post(url(kefu, shop), **signed(BODY)).status_code == 200
    row = StoredWebhook.objects.get()
    assert (row.channel_id, row.state, row.attempts) == (shop.pk, "pending", 0)
    assert BODY not in bytes(row.body)
    place = f"webhook:{row.pk}".encode()
    assert unseal(open_key(row.key_id), bytes(row.body), place=place) == BODY


def test_a_body_is_stored_byte_by_byte_as_it_came(kefu: Served, shop: Channel, http: requests.Session):
    odd = b' {"m" :"caf\\u00e9 \xf0\x9f\x98\x80\\/" }\n\x00'
    assert http.post(url(kefu, shop), **signed(odd)).status_code == 200
    row = StoredWebhook.objects.get()
    assert unseal(open_key(row.key_id), bytes(row.body), place=f"webhook:{row.pk}".encode()) == odd


@pytest.mark.parametrize(
    "header",
    [
        None,
        "",
        signature(BODY, "another secret"),
        signature(BODY).upper(),
        signature(BODY).replace("sha256=", "sha256=").upper().replace("SHA256", "sha256"),
        signature(BODY)[:-2],
        signature(BODY).removeprefix("sha256="),
        "sha1=" + "0" * 40,
    ],
    ids=["missing", "empty", "another secret", "all upper", "upper-case hex", "truncated", "without prefix", "sha1"],
)
def test_a_body_not_signed_by_meta_is_401_and_not_stored(
    kefu: Served, shop: Channel, http: requests.Session, header: str | None
):
    headers = {} if header is None else {"X-Hub-Signature-256": header}
    assert http.post(url(kefu, shop), data=BODY, headers=headers, timeout=10).status_code == 401
    assert stored() == 0


def test_a_changed_body_is_401(kefu: Served, shop: Channel, http: requests.Session):
    headers = {"X-Hub-Signature-256": signature(BODY)}
    assert http.post(url(kefu, shop), data=BODY + b" ", headers=headers, timeout=10).status_code == 401
    assert stored() == 0


def test_during_a_rotation_the_old_and_the_new_secret_are_accepted(kefu: Served, shop: Channel, http: requests.Session):
    rotate_app_secret(by=BY, channel=shop, secret="brand-new")
    for number, secret in enumerate((SECRET, "brand-new")):
        assert http.post(url(kefu, shop), **signed(b'{"n":%d}' % number, secret)).status_code == 200
    rotate_app_secret(by=BY, channel=shop, secret="newer-still")
    remembered.forget()
    assert http.post(url(kefu, shop), **signed(b'{"n":2}', SECRET)).status_code == 401
    assert stored() == 2


def test_a_body_of_three_megabytes_is_taken_and_a_larger_one_is_413(
    kefu: Served, shop: Channel, http: requests.Session
):
    largest = b'{"x":"' + b"x" * (3 * 1024 * 1024 - 8) + b'"}'
    assert len(largest) == 3 * 1024 * 1024
    assert http.post(url(kefu, shop), **signed(largest)).status_code == 200
    beyond = b"x" * (LARGEST_BODY + 1)
    assert http.post(url(kefu, shop), **signed(beyond)).status_code == 413
    assert stored() == 1


@pytest.mark.parametrize("name", ["01890000-0000-7000-8000-000000000000", "not-a-uuid", "", "..%2F..%2Fme", "%00"])
def test_an_unknown_channel_is_404(kefu: Served, shop: Channel, http: requests.Session, name: str):
    assert http.post(f"{kefu.url}/webhooks/whatsapp/{name}", **signed(BODY)).status_code == 404
    assert stored() == 0


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "HEAD", "OPTIONS"])
def test_other_methods_are_405(kefu: Served, shop: Channel, http: requests.Session, method: str):
    assert http.request(method, url(kefu, shop), **signed(BODY)).status_code == 405
    assert stored() == 0


def test_the_same_body_again_is_answered_200_and_stored_once(kefu: Served, shop: Channel, http: requests.Session):
    for _ in range(3):
        assert http.post(url(kefu, shop), **signed(BODY)).status_code == 200
    assert stored() == 1


def test_the_same_body_on_two_channels_is_two_bodies(kefu: Served, shop: Channel, cast: Cast, http: requests.Session):
    other = channel(cast.europe)
    for one in (shop, other):
        assert http.post(url(kefu, one), **signed(BODY)).status_code == 200
    assert stored() == 2


def test_a_trailing_slash_reaches_the_same_channel(kefu: Served, shop: Channel, http: requests.Session):
    assert http.post(url(kefu, shop) + "/", **signed(BODY)).status_code == 200


def test_many_at_once_are_all_stored_and_each_answered_after_its_commit(kefu: Served, shop: Channel):
    """Forty different bodies and forty copies of one, eight connections at a time."""
    statuses: list[int] = []

    def post(number: int) -> None:
        with requests.Session() as session:
            for count in range(5):
                statuses.append(session.post(url(kefu, shop), **signed(b'{"n":"%d-%d"}' % (number, count))).status_code)
                statuses.append(session.post(url(kefu, shop), **signed(BODY)).status_code)

    threads = [threading.Thread(target=post, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert statuses == [200] * 80
    assert stored() == 41


def test_a_database_that_cannot_store_is_503_so_that_meta_repeats(kefu: Served, shop: Channel, http: requests.Session):
    """A table that is not there fails every INSERT, whatever the database."""
    assert http.post(url(kefu, shop), **signed(b'{"n":1}')).status_code == 200
    rename("inbox_storedwebhook", "elsewhere")
    try:
        assert http.post(url(kefu, shop), **signed(b'{"n":2}')).status_code == 503
    finally:
        rename("elsewhere", "inbox_storedwebhook")
    assert http.post(url(kefu, shop), **signed(b'{"n":2}')).status_code == 200
    assert stored() == 2


def rename(table: str, to: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {table} RENAME TO {to}")
    connections.close_all()
