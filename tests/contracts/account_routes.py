"""The routes about one's own account: signing in, sessions, factors, keys."""

from typing import Any

from tests.contracts.calls import ANYBODY, SIGNED_IN, call
from tests.worlds.asia import Asia


def _key(world: Asia) -> dict[str, Any]:
    return {"name": "Shop", "permissions": ["conversation.see"], "regions": [world.cast.asia.pk], "days": 30}


ACCOUNT_CALLS = [
    call("GET session", ANYBODY),
    call("POST session", ANYBODY, 401, {"email": "nobody@kefu.test", "password": "wrong"}),
    call("DELETE session", SIGNED_IN, 204),
    call("POST session/factor", SIGNED_IN, 403, {"code": "000000"}),  # nobody set up a second factor
    call("POST session/code", ANYBODY, 401, {"code": "000000"}),  # nobody is in the middle of signing in
    call("POST session/enrolment", ANYBODY, 401),
    call("POST session/enrolment/confirm", ANYBODY, 401, {"code": "000000"}),
    call("POST session/enrolment/passkey/options", ANYBODY, 401),
    call("POST session/enrolment/passkey", ANYBODY, 401, {"name": "Phone", "credential": {}}),
    call("POST session/device", ANYBODY, 401),
    call("POST session/device/confirm", ANYBODY, 410, {"token": "made:up:here"}),
    call("POST session/password", ANYBODY, 401, {"password": "Orchid-tumble-42!"}),
    call("POST session/passkey/options", ANYBODY),
    call("POST session/passkey", ANYBODY, 403, {"credential": {}}),
    call("POST session/executive/options", ANYBODY, 403),  # no address is allowed for executives
    call("POST session/executive", ANYBODY, 403, {"credential": {}}),
    call("POST session/factor/passkey", SIGNED_IN, 403, {"credential": {}}),
    call("POST password-reset", ANYBODY, 204, {"email": "nobody@kefu.test"}),
    call("POST password-reset/confirm", ANYBODY, 410, {"who": "MQ", "token": "x-y", "password": "Orchid-tumble-42!"}),
    call("POST me/password", SIGNED_IN, 403, {"current": "wrong", "password": "Orchid-tumble-42!"}),
    call("GET me/passkeys", SIGNED_IN),
    call("POST me/passkeys", SIGNED_IN, 403, {"name": "Phone", "credential": {}}),
    call("POST me/passkeys/options", SIGNED_IN, 403, {"password": "wrong"}),
    call("PATCH me/passkeys/<uuid:passkey_id>", SIGNED_IN, 404, {"name": "Phone"}),  # they have none
    call("DELETE me/passkeys/<uuid:passkey_id>", SIGNED_IN, 403),
    call("POST session/alive", SIGNED_IN, body={"idle_seconds": 0}),
    call("GET me", SIGNED_IN),
    call("GET me/sessions", SIGNED_IN),
    call("DELETE me/sessions", SIGNED_IN, 204),
    call("DELETE me/sessions/<uuid:session_id>", SIGNED_IN, 404),  # only one's own
    call("POST me/device/confirm", SIGNED_IN, 403),  # nobody set up a second factor
    call("GET me/devices", SIGNED_IN),
    call("PATCH me/devices/<uuid:device_id>", SIGNED_IN, 404, {"name": "Mine"}),
    call("DELETE me/devices/<uuid:device_id>", SIGNED_IN, 404),
    call("DELETE me/devices/<uuid:device_id>/trust", SIGNED_IN, 404),
    call("GET me/factor", SIGNED_IN),
    call("POST me/factor", SIGNED_IN, 403, {"password": "wrong"}),
    call("DELETE me/factor", SIGNED_IN, 403),
    call("POST me/factor/confirm", SIGNED_IN, 403, {"code": "000000"}),
    call("POST me/factor/recovery-codes", SIGNED_IN, 403),
    call("PATCH me", SIGNED_IN, body={"availability": "away"}),
    call("GET api-keys", SIGNED_IN),
    call("POST api-keys", "supervisor", 403, _key),  # without a second factor, like the two below
    call("DELETE api-keys/<uuid:key_id>", SIGNED_IN, 404),  # Dee's own
    call("POST api-keys/<uuid:key_id>/rotate", "supervisor", 403),
]
