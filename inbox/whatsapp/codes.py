"""Meta's error codes, and our own words beside them: whose fault each is, what becomes of it, and what helps.

The data is ``data/errors.csv`` (extended, never guessed); what people read is ``data/failure_words.yaml``.
"""

import csv
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import yaml

DATA = Path(__file__).parent / "data"
LANGUAGES = ("zh-hant", "en")
FAULTS = ("customer", "business", "template", "whatsapp", "network", "kefu")
ACTIONS = ("resend", "wait", "template", "edit", "number", "stop", "channel", "none")
REPEATS = ("backoff", "once", "never")
# What a code means for the whole channel: it goes on by itself, when it is mended, or when Meta lifts what it imposed;
# ``utility`` stops only the utility templates of its account.
CHANNEL_EFFECTS = ("", "throttle", "mend", "account", "utility")


@dataclass(frozen=True)
class Code:
    """One row. ``retryable``: whether a person may send the same again (``after``: once ``wait`` seconds are over).

    ``repeat`` is what Kefu does by itself (Meta: retry matrix), ``action`` what the failed message offers, ``words``
    the entry of ``failure_words.yaml``.
    """

    code: str
    title: str
    retryable: str
    cause: str
    remedy: str
    fault: str
    repeat: str
    channel: str
    action: str
    wait: int
    words: str

    @property
    def repeats_by_itself(self) -> bool:
        """Others of the table's retryable codes may be repeated by a person: repeating marketing by itself, for one,
        is punished."""
        return self.repeat != "never"

    @property
    def stops_the_number(self) -> bool:
        """The number itself cannot send: pause it and keep messages pending (Meta: operator problems)."""
        return self.channel in ("mend", "account")

    @property
    def stops_utility(self) -> bool:
        return self.channel == "utility"

    @property
    def throttles(self) -> bool:
        return self.channel == "throttle"


@cache
def _table() -> dict[str, Code]:
    with (DATA / "errors.csv").open(encoding="utf-8", newline="") as file:
        return {code.code: code for code in map(_read, csv.DictReader(file))}


def _read(row: dict[str, str]) -> Code:
    return Code(
        code=f"{row['code']}/{row['subcode']}" if row["subcode"] else row["code"],
        title=row["title"],
        retryable=row["retryable"],
        cause=row["cause"],
        remedy=row["recommended_action"],
        fault=row["fault"],
        repeat=row["repeat"],
        channel=row["channel"],
        action=row["action"],
        wait=int(row["wait"] or 0),
        words=row["words"],
    )


def lookup(code: str) -> Code:
    """The entry of a code (``190``, ``100/33``, ``timeout``). An unknown one is neither repeated nor blamed on
    anybody."""
    table = _table()
    found = table.get(code) or table.get(f"100/{code}") or table.get(code.partition("/")[0])
    if found is None and code.isdecimal() and 200 <= int(code) <= 299:
        found = table["200-299"]
    if found is not None:
        return found if found.code == code else replace(found, code=code)
    return Code(code, f"Error {code}", "no", "", "", "", "never", "", "none", 0, "unlisted")


def code_of(code: str, subcode: str) -> str:
    """How we call an answer's code. Template errors come as 100 with a seven-digit subcode, or as that number itself;
    a lost object as 100 with 33 (Meta: both positions)."""
    if code != "100" or not subcode:
        return code
    if f"100/{subcode}" in _table():
        return f"100/{subcode}"
    return subcode if subcode in _table() else code


def known_codes() -> tuple[str, ...]:
    return tuple(_table())


@cache
def words_of(topic: str) -> dict[str, tuple[str, str]]:
    """``{language: (what happened, what to do)}`` of an entry of ``failure_words.yaml``."""
    return {language: tuple(said) for language, said in _words()[topic].items()}  # type: ignore[misc]


@cache
def _words() -> dict[str, dict[str, list[str]]]:
    words: dict[str, dict[str, list[str]]] = yaml.safe_load((DATA / "failure_words.yaml").read_text(encoding="utf-8"))
    return words


def topics() -> frozenset[str]:
    return frozenset(_words())
