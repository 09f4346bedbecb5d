"""Short links, commerce settings and the encryption key of a number."""

from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from inbox.simulator.storage import records
from tests.inbox.simulator.conftest import NUMBER
from tests.inbox.simulator.running import Running


def call(shop: Running, method: str, path: str, **parts: Any) -> Any:
    return shop.call(method, f"{NUMBER}/{path}", **parts)


def test_a_short_link_is_made_changed_listed_and_removed(shop: Running) -> None:
    given = {"prefilled_message": "x" * 140, "generate_qr_image": "SVG"}
    made = call(shop, "POST", "message_qrdls", json=given).json()
    assert made["deep_link_url"].endswith(made["code"]) and made["qr_image_url"].endswith(".svg")
    changed = call(shop, "POST", "message_qrdls", json={"code": made["code"], "prefilled_message": "Hi"}).json()
    assert (changed["code"], changed["prefilled_message"]) == (made["code"], "Hi")
    assert [row["code"] for row in call(shop, "GET", "message_qrdls").json()["data"]] == [made["code"]]
    assert call(shop, "GET", f"message_qrdls/{made['code']}").json()["data"][0]["prefilled_message"] == "Hi"
    assert call(shop, "DELETE", f"message_qrdls/{made['code']}").json() == {"success": True}
    assert call(shop, "GET", f"message_qrdls/{made['code']}").json()["error"]["error_subcode"] == 33


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"prefilled_message": "x" * 141}, 100),
        ({"prefilled_message": " "}, 131009),
        ({"prefilled_message": "x", "generate_qr_image": "GIF"}, 131009),
        ({"prefilled_message": "x", "code": "NOPE"}, 100),
    ],
)
def test_an_odd_short_link_is_refused(shop: Running, body: dict[str, str], code: int) -> None:
    assert call(shop, "POST", "message_qrdls", json=body).json()["error"]["code"] == code


def test_a_number_has_two_thousand_short_links(shop: Running) -> None:
    codes = {f"C{index}": {"code": f"C{index}"} for index in range(1999)}
    records.write(shop.world.database, "qr", NUMBER, {"codes": codes})
    answers = [call(shop, "POST", "message_qrdls", json={"prefilled_message": "x"}) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [200, 400]
    records.remove(shop.world.database, "qr", NUMBER)


def test_commerce_settings_are_kept(shop: Running) -> None:
    assert call(shop, "POST", "whatsapp_commerce_settings", params={"is_catalog_visible": "true"}).status_code == 200
    found = call(shop, "GET", "whatsapp_commerce_settings").json()["data"]
    assert found == [{"id": NUMBER, "is_catalog_visible": True, "is_cart_enabled": True}]
    assert call(shop, "POST", "whatsapp_commerce_settings", json={"is_cart_enabled": "maybe"}).status_code == 400


def pem(bits: int) -> str:
    key = rsa.generate_private_key(public_exponent=65537, key_size=bits).public_key()
    return key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()


def test_a_key_is_valid_until_the_number_is_registered_again(shop: Running) -> None:
    def status() -> str:
        data = call(shop, "GET", "whatsapp_business_encryption").json()["data"]
        return str(data[0]["business_public_key_signature_status"])

    given = {"business_public_key": pem(2048)}
    assert call(shop, "POST", "whatsapp_business_encryption", json=given).json() == {"success": True}
    assert status() == "VALID"
    call(shop, "POST", "register", json={"messaging_product": "whatsapp", "pin": "246810"})
    assert status() == "MISMATCH"
    for odd in (pem(1024), "no key"):
        answer = call(shop, "POST", "whatsapp_business_encryption", json={"business_public_key": odd})
        assert answer.json()["error"]["code"] == 100
