"""Meta's error texts may contain phone numbers and tokens: neither goes into a log or a row (Meta: traps)."""

import re

_SECRETS = re.compile(r"EAA\w+|Bearer\s+\S+|access_token=[^&\s]+|\+?\d{8,15}")


def redact(text: str, *, longest: int = 300) -> str:
    return _SECRETS.sub("…", text)[:longest]
