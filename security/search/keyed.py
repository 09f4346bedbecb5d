"""Marks as the index holds them: 32 bits of an HMAC under a key of the region, useless without it, different in every
region and for every kind of thing."""

import hmac
from collections.abc import Iterable
from datetime import datetime, timedelta

from security.encryption.keyring import open_key, shared_key

_MOST_KNOWN = 60_000  # marks remembered: some 10 MB
_WEEK = timedelta(days=7).total_seconds()
_known: dict[tuple[bytes, str], dict[str, int]] = {}


class KeyedMarks:
    """Those of one kind of thing (``space``) in one region, its key opened once for many of them."""

    def __init__(self, region_id: int, space: str) -> None:
        self._key = open_key(shared_key(region_id=region_id, purpose="search"))
        self._space = space
        if sum(map(len, _known.values())) > _MOST_KNOWN:
            _known.clear()
        self._remembered = _known.setdefault((self._key, space), {})

    def tokens(self, marks: Iterable[str]) -> list[int]:
        """Sorted, each once."""
        return sorted({self._token(mark) for mark in marks})

    def week(self, week: int) -> int:
        """What everything of a week carries."""
        return self._token(f"\0{week}")

    def kind(self, kind: str) -> int:
        """What everything of a kind carries; a name, so that it is no week."""
        return self._token(f"\0{kind}")

    def _token(self, mark: str) -> int:
        token = self._remembered.get(mark)
        if token is None:
            spelled = f"{self._space}\0{mark}".encode("utf-8", "surrogatepass")
            digest = hmac.digest(self._key, spelled, "sha256")
            token = self._remembered[mark] = int.from_bytes(digest[:4], "big", signed=True)
        return token


def week_of(moment: datetime) -> int:
    """Weeks since 1970."""
    return int(moment.timestamp() // _WEEK)


def forget_marks() -> None:
    """Empty this process's memory of marks (a key was destroyed, or a test begins)."""
    _known.clear()
