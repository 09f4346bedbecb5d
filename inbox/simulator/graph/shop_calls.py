"""Calls on a number's short links, commerce settings and encryption key."""

from __future__ import annotations

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.serialization import load_pem_public_key
from starlette.responses import JSONResponse, Response

from inbox.simulator.accounts import qr_codes, state
from inbox.simulator.errors import GraphError
from inbox.simulator.graph.paging import page
from inbox.simulator.graph.protocol import Call
from inbox.simulator.graph.shape import Shape
from inbox.simulator.tables import limits

_DONE = {"success": True}


async def get_codes(call: Call) -> Response:
    return page(call, qr_codes.every(call.world, call.number()["phone_number_id"]), key="code")


async def post_codes(call: Call) -> Response:
    number = call.number()["phone_number_id"]
    given = dict(call.request.query_params) or await call.body()
    return JSONResponse(qr_codes.put(call.world, number, Shape(given, "", call.world.behaviour["level"])))


async def get_code(call: Call) -> Response:
    found = qr_codes.find(call.world, call.number()["phone_number_id"], call.request.path_params["code"])
    return JSONResponse({"data": [found]})


async def delete_code(call: Call) -> Response:
    qr_codes.remove(call.world, call.number()["phone_number_id"], call.request.path_params["code"])
    return JSONResponse(_DONE)


async def get_commerce(call: Call) -> Response:
    now = state.of_number(call.world, call.number()["phone_number_id"])["commerce"]
    return JSONResponse({"data": [{"id": call.about, **now}]})


async def post_commerce(call: Call) -> Response:
    """is_catalog_visible, is_cart_enabled: as query or body (Meta)."""
    number = call.number()["phone_number_id"]
    given = dict(call.request.query_params) or await call.body()
    shape = Shape({name: {"true": True, "false": False}.get(str(value).lower(), value)
                   for name, value in given.items()}, "", call.world.behaviour["level"])  # fmt: skip
    shape.only("is_catalog_visible", "is_cart_enabled")
    changes = {name: shape.flag(name) for name in shape.value}
    state.change_number(call.world, number, commerce={**state.of_number(call.world, number)["commerce"], **changes})
    return JSONResponse(_DONE)


async def get_encryption(call: Call) -> Response:
    now = state.of_number(call.world, call.number()["phone_number_id"])["encryption"]
    return JSONResponse({"data": [now]} if now else {"data": []})


async def post_encryption(call: Call) -> Response:
    """A public RSA key of 2,048 bits as PEM; registering the number again makes its signature a mismatch (Meta)."""
    number = call.number()["phone_number_id"]
    shape = Shape(await call.body(), "", call.world.behaviour["level"])
    shape.only("business_public_key")
    key = shape.text("business_public_key", 2000)
    if not is_rsa_2048(key):
        raise GraphError(100, "Parameter business_public_key must be a public RSA key of 2,048 bits.")
    now = {"business_public_key": key, "business_public_key_signature_status": "VALID"}
    state.change_number(call.world, number, encryption=now)
    return JSONResponse(_DONE)


def is_rsa_2048(pem: str) -> bool:
    try:
        key = load_pem_public_key(pem.encode())
    except ValueError:
        return False
    return isinstance(key, RSAPublicKey) and key.key_size == limits()["flows"]["public_key_bits"]
