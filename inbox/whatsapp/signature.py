"""``X-Hub-Signature-256``: HMAC-SHA256 over the raw body with the app secret (Meta: webhook signature)."""

import hashlib
import hmac
import re
from collections.abc import Iterable

_SPELLING = re.compile(r"\Asha256=([0-9a-f]{64})\Z")


def verify(body: bytes, header: str | None, secrets: Iterable[str]) -> bool:
    """True when ``header`` signs ``body`` under any of ``secrets`` (two in a rotation). Constant time per secret."""
    spelled = _SPELLING.match(header or "")
    if spelled is None:
        return False
    given = bytes.fromhex(spelled.group(1))
    return any(
        [hmac.compare_digest(hmac.new(secret.encode(), body, hashlib.sha256).digest(), given) for secret in secrets]
    )
