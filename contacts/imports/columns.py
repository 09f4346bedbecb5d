"""What the columns of a file mean: guessed from their headings in both languages, and from what stands in them."""

import hashlib
import re
import unicodedata
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

import yaml

_TABLE = Path(__file__).parent / "data" / "headings.yaml"
CONTACTS, ORDERS = "contacts", "orders"
FIELD = "field:"  # a custom field: field:<key>

# Who a line is about: one of these must be there.
NAMING = ("phone", "external_id")

_MARKS = re.compile(r"[\s_\-./:*()\[\]#]+")
_WITHIN = re.compile(r"(?<=[\u3400-\u9fff]) (?=[\u3400-\u9fff])")  # 客戶 姓名
_PHONE = re.compile(r"\A[+＋(]?[\d０-９][\d０-９ ()\-.]{6,18}\Z")
_VALUE = re.compile(r"\d{3,}|@|\A\d+([.,]\d+)?\Z")


def targets(subject: str) -> tuple[str, ...]:
    """What a column may mean, without custom fields."""
    return tuple(_headings(subject))


def shape_of(headings: Sequence[str]) -> str:
    """Stands for the headings of a file: files of one shape are taken alike."""
    return hashlib.sha256("\0".join(map(plain, headings)).encode()).hexdigest()


def plain(heading: str) -> str:
    """How headings are compared."""
    text = unicodedata.normalize("NFKC", heading).casefold()
    return _WITHIN.sub("", " ".join(_MARKS.sub(" ", text).split()))


def guess(
    subject: str, headings: Sequence[str], lines: Sequence[Sequence[str]], fields: Mapping[str, str]
) -> dict[str, str]:
    """Column (as text, for JSON) → what it means, each meaning once, but tags. ``fields``: label → key of the custom
    fields there are."""
    known = _known(subject, fields)
    found: dict[str, str] = {}
    for index, heading in enumerate(headings):
        meaning = known.get(plain(heading))
        if meaning is not None and (meaning == "tags" or meaning not in found.values()):
            found[str(index)] = meaning
    if "phone" not in found.values():
        column = _column_of_phones(lines, taken=set(found))
        if column is not None:
            found[str(column)] = "phone"
    return found


def looks_like_heading(first: Sequence[str], rest: Sequence[Sequence[str]], subject: str) -> bool:
    """Whether the first line names columns rather than being one of the lines."""
    known = _known(subject, {})
    if any(plain(cell) in known for cell in first):
        return True
    values = any(_VALUE.search(cell) for cell in first)
    return not values and any(_VALUE.search(cell) for line in rest for cell in line) and len(set(first)) == len(first)


@cache
def _headings(subject: str) -> dict[str, list[str]]:
    """The meanings of columns, each with what such columns are called."""
    found: dict[str, dict[str, list[str]]] = yaml.safe_load(_TABLE.read_text(encoding="utf-8"))
    return found[subject]


def _known(subject: str, fields: Mapping[str, str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for meaning, names in _headings(subject).items():
        for name in (*names, meaning):
            found.setdefault(plain(name), meaning)
    if subject == CONTACTS:
        for label, key in fields.items():
            found.setdefault(plain(label), FIELD + key)
    return found


def _column_of_phones(lines: Sequence[Sequence[str]], *, taken: set[str]) -> int | None:
    """The first column without a meaning in which nearly everything looks like a number to call."""
    width = max((len(line) for line in lines), default=0)
    for index in range(width):
        cells = [line[index] for line in lines if index < len(line) and line[index]]
        if str(index) not in taken and cells and sum(bool(_PHONE.match(cell)) for cell in cells) >= 0.8 * len(cells):
            return index
    return None
