"""Signed webhooks of other systems: only theirs, only now, only once."""

import json
import time
from typing import Any

import pytest
from django.test import Client

from contacts.actions.hooks import apply_hook
from contacts.actions.sources import add_source, change_source, rotate_source_secret
from contacts.exchange.signing import signature
from contacts.models import ExchangeHook, ExchangeSource, Order, Product
from tests.conftest import Cast
from tests.contacts.exchange.test_api import ROW
from tests.worlds.factors import fresh_access

BODY = {
    "products": [{"external_id": "p1", "name": "茶壺"}],
    "orders": [ROW, {**ROW, "external_id": "o2", "state": "?"}],
}


def connected(cast: Cast) -> tuple[ExchangeSource, str]:
    return add_source(by=fresh_access(cast, "ana"), region_id=cast.asia.pk, code="erp", name="Our ERP", kind="webhook")


def send(source: ExchangeSource, secret: str, body: Any = BODY, *, named: str = "1", **wrong: Any) -> Any:
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    stamp = str(int(time.time()) + wrong.pop("later", 0))
    headers = {"Kefu-Id": named, "Kefu-Timestamp": stamp}
    headers["Kefu-Signature"] = signature(secret, timestamp=stamp, named=named, body=raw)
    return Client(enforce_csrf_checks=True).post(
        f"/webhooks/exchange/{source.pk}", raw, content_type="application/json", headers={**headers, **wrong}
    )


def hooks() -> list[ExchangeHook]:
    return list(ExchangeHook.objects.for_system("the test").order_by("id"))


def test_what_is_theirs_is_kept_as_it_came_and_applied_once(cast: Cast):
    source, secret = connected(cast)
    assert [send(source, secret).json()["new"], send(source, secret).json()["new"]] == [True, False]
    (hook,) = hooks()
    assert json.loads(hook.body) == BODY
    assert (apply_hook(hook.pk), apply_hook(hook.pk)) == (True, False)
    assert (Order.objects.for_system("t").count(), Product.objects.for_system("t").get().source) == (1, "erp")
    ana = cast.browser("ana")
    (told,) = ana.get(f"/api/v1/exchange/sources/{source.pk}/hooks").json()["results"]
    assert (told["state"], told["written"], told["refused"]) == ("applied", 2, 1)
    assert told["why"] == ["orders[1]: invalid_choice (state)"]


@pytest.mark.parametrize(
    ("wrong", "status"),
    [
        ({"Kefu-Signature": "v1=00"}, 401),
        ({"Kefu-Timestamp": "soon"}, 401),
        ({"later": 400}, 401),
        ({"later": -400}, 401),
        ({"Kefu-Id": ""}, 400),
        ({"Kefu-Id": "1.2"}, 400),
        ({"Kefu-Id": "2"}, 401),  # recorded, and told as another one
    ],
)
def test_whoever_cannot_sign_or_comes_late_leaves_nothing(cast: Cast, wrong: dict[str, Any], status: int):
    source, secret = connected(cast)
    assert send(source, secret, **wrong).status_code == status
    assert hooks() == []


def test_a_new_secret_and_the_one_before_it_are_both_taken_and_a_paused_source_takes_none(cast: Cast):
    source, first = connected(cast)
    _row, second = rotate_source_secret(by=fresh_access(cast, "ana"), source_id=source.pk)
    assert [send(source, one, named=one).status_code for one in (first, second, "another")] == [202, 202, 401]
    change_source(by=cast.access("ana"), source_id=source.pk, paused=True)
    assert send(source, second, named="4").status_code == 409


def test_what_will_never_be_anything_is_set_aside(cast: Cast):
    source, secret = connected(cast)
    for place, body in enumerate((b"\xff\xfe", b"[1]", b'{"orders": {}}', b'{"people": []}')):
        send(source, secret, body, named=str(place))
    assert [apply_hook(hook.pk) for hook in hooks()] == [False] * 4
    assert [(hook.state, hook.error) for hook in hooks()] == [
        ("set_aside", "not_json"),
        ("set_aside", "not_an_object"),
        ("set_aside", "no_rows"),
        ("set_aside", "no_rows"),
    ]
