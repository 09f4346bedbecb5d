"""How webhooks are signed, those that come and those that go: HMAC-SHA256 over time and body.

``Kefu-Signature: v1=<hex>`` of ``<Kefu-Timestamp>.<body>``; ``Kefu-Id`` names it, the same when it is sent again.
"""

import hashlib
import hmac
import secrets

ID, TIMESTAMP, SIGNATURE, KIND = "Kefu-Id", "Kefu-Timestamp", "Kefu-Signature", "Kefu-Kind"
_PREFIX = "kefu_whs_"


def fresh_secret() -> str:
    return _PREFIX + secrets.token_hex(32)


def signature(secret: str, *, timestamp: str, body: bytes) -> str:
    signed = timestamp.encode("ascii", "ignore") + b"." + body
    return "v1=" + hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest()


def is_signed(given: str, secrets_known: list[str], *, timestamp: str, body: bytes) -> bool:
    """Whether one of the signatures (several while a secret is being changed) is by one of ``secrets_known``."""
    told = [part.strip().encode("latin-1", "ignore") for part in given.split(",")][:5]
    ours = [signature(secret, timestamp=timestamp, body=body).encode() for secret in secrets_known]
    return any([hmac.compare_digest(one, mine) for one in told for mine in ours])
