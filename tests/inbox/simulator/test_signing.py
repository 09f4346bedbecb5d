"""Signatures over exact bytes."""

import json
import random

import pytest

from inbox.simulator.webhooks.serialising import serialise
from inbox.simulator.webhooks.signing import digest, headers

# Known digests under the secret `test_app_secret`; the last two parse to the same JSON and must differ.
VECTORS = [
    (
        b'{"object":"whatsapp_business_account","entry":[]}',
        "dec6a680679a968e7e0319355b23599cbfc54502c0784668e9618baa0c633756",
    ),
    ('{"m":"café 😀"}'.encode(), "51ac23e9cef3fbe6ad607a153a19fadd28582d1d3c74cf1782278f3af081877d"),
    (rb'{"m":"caf\u00e9 \ud83d\ude00"}', "cb27ce33a1dcf172c79dadfc57c09ece974ed831e9c39bbe72f73e0b1ef06754"),
]


@pytest.mark.parametrize(("body", "expected"), VECTORS)
def test_known_vectors(body: bytes, expected: str) -> None:
    assert digest("test_app_secret", body) == expected
    assert headers("test_app_secret", body) == {"X-Hub-Signature-256": f"sha256={expected}"}


def test_wrong_ways_to_sign() -> None:
    body, right = VECTORS[0]
    found = {
        kind: headers("test_app_secret", body, kind).get("X-Hub-Signature-256")
        for kind in ("wrong", "missing", "truncated", "upper")
    }
    assert found["missing"] is None
    assert found["truncated"] == f"sha256={right[:32]}"
    assert found["upper"] == f"sha256={right.upper()}"
    assert found["wrong"] and len(found["wrong"]) == 71 and right not in found["wrong"]


def test_bytes_vary_but_mean_the_same() -> None:
    body = {"a": "café 😀 /x", "b": [1, {"c": None, "d": "\\/"}]}
    chance = random.Random(1)
    forms = {serialise(body, chance, varied=True) for _ in range(200)}
    assert len(forms) >= 16
    assert all(json.loads(form) == body for form in forms)
    assert any(b"\\u00e9" in form for form in forms) and any("é".encode() in form for form in forms)
    assert any(b"\\/x" in form for form in forms) and any(b" /x" in form for form in forms)


def test_a_lone_surrogate_can_be_sent() -> None:
    body = {"text": "broken \ud83d"}
    for seed in range(8):
        assert json.loads(serialise(body, random.Random(seed), varied=True)) == body
