"""`X-Hub-Signature-256`: HMAC-SHA256 of the exact bytes under the app secret, and the ways to get it wrong."""

import hashlib
import hmac

HEADER = "X-Hub-Signature-256"
KINDS = ("good", "wrong", "missing", "truncated", "upper")


def digest(secret: str, body: bytes) -> str:
    return hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()


def headers(secret: str, body: bytes, kind: str = "good") -> dict[str, str]:
    """The header for a body; `kind` other than good makes a delivery which must be refused."""
    value = digest(secret, body)
    if kind == "missing":
        return {}
    if kind == "wrong":
        value = digest(secret + "x", body)
    elif kind == "truncated":
        value = value[:32]
    elif kind == "upper":
        value = value.upper()
    return {HEADER: f"sha256={value}"}
