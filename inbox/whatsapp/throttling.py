"""How long WhatsApp says to wait: ``Retry-After``, or the usage headers of the Graph API (Meta: rate-limit headers)."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

LONGEST_WAIT_SECONDS = 24 * 3600  # a longer one is damage
_USAGE = "x-business-use-case-usage"


def seconds_to_wait(headers: Mapping[str, str]) -> float | None:
    """``None`` when it said nothing that can be read."""
    said = headers.get("Retry-After", "")
    if said.isdecimal():
        return float(min(int(said[:9]), LONGEST_WAIT_SECONDS))
    minutes = max(_minutes_to_regain(headers.get(_USAGE, "")), default=0.0)
    return min(minutes * 60, LONGEST_WAIT_SECONDS) if minutes > 0 else None


def _minutes_to_regain(spelled: str) -> Iterator[float]:
    """``{account id: [{"estimated_time_to_regain_access": minutes, …}]}``"""
    try:
        usage = json.loads(spelled) if spelled else {}
    except (ValueError, RecursionError):
        return
    for rows in usage.values() if isinstance(usage, dict) else ():
        yield from (minutes for row in rows if (minutes := _minutes(row)) > 0) if isinstance(rows, list) else ()


def _minutes(row: Any) -> float:
    said = row.get("estimated_time_to_regain_access") if isinstance(row, dict) else None
    return float(said) if isinstance(said, int | float) and not isinstance(said, bool) else 0.0
