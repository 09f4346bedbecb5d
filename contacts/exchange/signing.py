"""How webhooks are signed, those that come and those that go: HMAC-SHA256 over time, name and body.

``Kefu-Signature: v1=<hex>`` of ``<Kefu-Timestamp>.<Kefu-Id>.<body>``. The id is the same when it is sent again, and
signed, so that what somebody recorded cannot be told as something new; it holds no dot, so that nothing of the body can
be taken for it.
"""

import hashlib
import hmac
import re
import secrets

ID, TIMESTAMP, SIGNATURE, KIND = "Kefu-Id", "Kefu-Timestamp", "Kefu-Signature", "Kefu-Kind"
_PREFIX = "kefu_whs_"
_NAME = re.compile(r"[!-\-/-~]{1,200}")  # printable, without a dot


def fresh_secret() -> str:
    return _PREFIX + secrets.token_hex(32)


def is_name(named: str) -> bool:
    return _NAME.fullmatch(named) is not None


def signature(secret: str, *, timestamp: str, named: str, body: bytes) -> str:
    signed = f"{timestamp}.{named}.".encode("ascii", "ignore") + body
    return "v1=" + hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest()


def is_signed(given: str, secrets_known: list[str], *, timestamp: str, named: str, body: bytes) -> bool:
    """Whether one of the signatures (several while a secret is being changed) is by one of ``secrets_known``."""
    told = [part.strip().encode("latin-1", "ignore") for part in given.split(",")][:5]
    ours = [signature(secret, timestamp=timestamp, named=named, body=body).encode() for secret in secrets_known]
    return any([hmac.compare_digest(one, mine) for one in told for mine in ours])
