"""Nothing that is sent makes the Graph surface stumble: whatever stands in a wrong place is refused in Meta's words."""

import copy
import json
from collections.abc import Iterator
from typing import Any

import pytest

from tests.inbox.simulator import samples
from tests.inbox.simulator.conftest import NUMBER, WABA
from tests.inbox.simulator.running import Running
from tests.inbox.simulator.test_samples import KNOWN

ODD: list[Any] = [None, 5, -1.5, True, "", "x" * 5000, [], [1], {}, {"x": []}, "\u0000", "\ud83d"]
JSON = {"Content-Type": "application/json"}
MESSAGES, TEMPLATES, OTHERS = (samples.read(name) for name in ("messages", "templates", "others"))


def places(value: Any, way: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Every place in a body, the whole left out."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in inner:
        yield (*way, key)
        yield from places(item, (*way, key))


def spoilt(body: Any, way: tuple[Any, ...], odd: Any) -> Any:
    changed = copy.deepcopy(body)
    at = changed
    for step in way[:-1]:
        at = at[step]
    at[way[-1]] = odd
    return changed


def calls() -> Iterator[tuple[str, str, Any]]:
    for body in MESSAGES.values():
        yield "POST", f"{NUMBER}/messages", body
    for body in TEMPLATES.values():
        yield "POST", f"{WABA}/message_templates", body
    for call, cases in OTHERS.items():
        method, path = call.split(" ")
        for body in cases.values():
            yield method, path, body


@pytest.fixture(scope="module")
def known(shop: Running, regular: dict[str, Any]) -> dict[str, str]:
    for name, language, category, parts in KNOWN:
        row = {"waba_id": WABA, "name": name, "language": language, "category": category, "components": parts}
        made = shop.sim("POST", "templates", row)
    shop.sim("PATCH", "settings", {"management_quota": False, "unknown_flows": "accept"})
    return {"customer": regular["phone"], "quoted": regular["first"], "number": NUMBER, "waba": WABA,
            "template": made["id"], "site": "https://files.example", "flow": "1"}  # fmt: skip


@pytest.mark.parametrize("part", range(4))
def test_a_spoilt_request_is_refused_not_stumbled_over(shop: Running, known: dict[str, str], part: int) -> None:
    spoiling = [(method, path, body, way) for method, path, body in calls() for way in places(body)]
    for index, (method, path, body, way) in list(enumerate(spoiling))[part::4]:
        odd = ODD[index % len(ODD)]
        raw = json.dumps(spoilt(samples.filled(body, known), way, odd)).encode()
        answer = shop.call(method, samples.filled(path, known), data=raw, headers=JSON)
        assert answer.headers["content-type"].startswith("application/json"), (path, way, odd, answer.text)
        assert answer.status_code < 500, (path, way, odd, answer.text)
        assert answer.ok or answer.json()["error"]["message"], (path, way, odd)


@pytest.mark.parametrize("raw", [b"", b"null", b"[]", b"5", b"{", b"\xff\xfe", b'{"to": "\\ud83d"}', b"{}" * 2])
def test_a_body_which_is_none_is_100(shop: Running, raw: bytes) -> None:
    answer = shop.call("POST", f"{NUMBER}/messages", data=raw, headers=JSON)
    assert (answer.status_code, answer.json()["error"]["code"]) == (400, 100)
