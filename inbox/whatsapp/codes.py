"""Meta's error codes: what each means for a send (data in ``data/errors.csv``; extended, never guessed)."""

import csv
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

# The number itself cannot send: pause it and keep messages pending rather than failing each (Meta: operator problems).
_NUMBER_DOWN = {"0", "3", "10", "33", "190", "131005", "131031", "131045", "133010", "368"}


# What may be sent again without asking anybody (Meta: traps, retry matrix). Others of the table's "retryable" codes may
# be repeated by a person later: repeating marketing by itself, for one, is punished.
_SAFE_TO_REPEAT = {"1", "2", "4", "80007", "130429", "131000", "131016", "131056", "131057", "133004", "http_429"}


@dataclass(frozen=True)
class Code:
    code: str
    title: str
    retryable: str
    cause: str
    remedy: str

    @property
    def repeats_by_itself(self) -> bool:
        return self.code in _SAFE_TO_REPEAT

    @property
    def stops_the_number(self) -> bool:
        return self.code in _NUMBER_DOWN or (self.code.isdecimal() and 200 <= int(self.code) <= 299)


@cache
def _table() -> dict[str, Code]:
    path = Path(__file__).parent / "data" / "errors.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if not row["subcode"]]
    return {
        row["code"]: Code(row["code"], row["title"], row["retryable"], row["cause"], row["recommended_action"])
        for row in rows
    }


def lookup(code: str) -> Code:
    """The entry of a code; an unknown one is neither repeated nor blamed on anybody."""
    found = _table().get(code)
    if found is None and code.isdecimal() and 200 <= int(code) <= 299:
        found = replace(_table()["200-299"], code=code)
    return found or Code(code, f"Error {code}", "no", "", "")


def known_codes() -> tuple[str, ...]:
    return tuple(_table())
