"""``X-Hub-Signature-256``: the raw bytes decide, under the newest or the former secret."""

import hashlib
import hmac

import pytest

from inbox.whatsapp.signature import verify

SECRET = "test_app_secret"
PLAIN = b'{"object":"whatsapp_business_account","entry":[]}'
UTF8 = '{"m":"café 😀"}'.encode()
ESCAPED = rb'{"m":"caf\u00e9 \ud83d\ude00"}'
VECTORS = {
    PLAIN: "dec6a680679a968e7e0319355b23599cbfc54502c0784668e9618baa0c633756",
    UTF8: "51ac23e9cef3fbe6ad607a153a19fadd28582d1d3c74cf1782278f3af081877d",
    ESCAPED: "cb27ce33a1dcf172c79dadfc57c09ece974ed831e9c39bbe72f73e0b1ef06754",
}
GOOD = VECTORS[PLAIN]


@pytest.mark.parametrize("body", VECTORS)
def test_the_known_vectors_verify(body: bytes):
    assert verify(body, f"sha256={VECTORS[body]}", [SECRET])


def test_the_same_json_in_other_bytes_has_another_signature():
    assert len(UTF8) == 18 and len(ESCAPED) == 30
    assert not verify(UTF8, f"sha256={VECTORS[ESCAPED]}", [SECRET])
    assert not verify(ESCAPED, f"sha256={VECTORS[UTF8]}", [SECRET])


@pytest.mark.parametrize(
    "header",
    [
        None,
        "",
        "sha256=",
        GOOD,
        f"sha1={GOOD}",
        f"SHA256={GOOD}",
        f"sha256={GOOD.upper()}",
        f"sha256={GOOD[:-1]}",
        f"sha256={GOOD}0",
        f"sha256={GOOD}\n",
        f" sha256={GOOD}",
        f"sha256={'0' * 64}",
        f"sha256={GOOD[:-1]}g",
        f"sha256={GOOD[:-1]}٣",
    ],
)
def test_any_other_header_does_not(header: str | None):
    assert not verify(PLAIN, header, [SECRET])


def test_a_changed_byte_does_not():
    assert not verify(PLAIN + b" ", f"sha256={GOOD}", [SECRET])


def test_during_a_rotation_both_secrets_count_and_no_third():
    header = f"sha256={GOOD}"
    assert verify(PLAIN, header, ["new secret", SECRET])
    assert verify(PLAIN, header, [SECRET, "old secret"])
    assert not verify(PLAIN, header, ["new secret", "old secret"])


def test_without_a_secret_nothing_is_signed():
    empty = hmac.new(b"", PLAIN, hashlib.sha256).hexdigest()
    assert not verify(PLAIN, f"sha256={empty}", [])
