"""``X-Hub-Signature-256`` and its like: HMAC-SHA256 over the raw body with the app secret (Meta: webhook signature)."""

import hashlib
import hmac
import re
from collections.abc import Iterable

_DIGEST = re.compile(r"\A[0-9a-f]{64}\Z")


def verify(body: bytes, header: str | None, secrets: Iterable[str], *, prefix: str = "sha256=") -> bool:
    """True when ``header`` (``prefix`` and 64 hex digits) signs ``body`` under any of ``secrets`` (two in a rotation).
    Constant time per secret."""
    spelled = header or ""
    if not spelled.startswith(prefix) or not _DIGEST.match(spelled.removeprefix(prefix)):
        return False
    given = bytes.fromhex(spelled.removeprefix(prefix))
    return any(
        [hmac.compare_digest(hmac.new(secret.encode(), body, hashlib.sha256).digest(), given) for secret in secrets]
    )
