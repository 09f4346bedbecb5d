"""`X-Hub-Signature-256`: HMAC-SHA256 of the exact bytes under the app secret, and the ways to get it wrong."""

import hashlib
import hmac

HEADER = "X-Hub-Signature-256"
KINDS = ("good", "wrong", "missing", "truncated", "upper", "old")


def digest(secret: str, body: bytes) -> str:
    return hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()


def headers(secret: str, body: bytes, kind: str = "good", *, old_secret: str | None = None) -> dict[str, str]:
    """The header for a body; `kind` other than good makes a delivery which must be refused, but `old`: signed with the
    secret before the last change, which a business accepts while it changes over."""
    if kind == "old":
        secret = old_secret or secret + "-before"
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
