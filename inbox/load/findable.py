"""The search index of a load world: the same episodes are told again and again, so each text is cut up once."""

import json
from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple
from uuid import UUID

from contacts import search as contacts
from inbox.demo.attachments import attachment
from inbox.load.repertoire import Said
from inbox.load.rhythm import moment
from inbox.search import indexing
from inbox.search.texts import SILENT, text_of
from security.search.blocks import Entry
from security.search.index import put_settled
from security.search.keyed import KeyedMarks
from security.search.pieces import pieces_of
from security.search.spelling import NAMES, TALK

_SPELLINGS = {contacts.CONTACTS: NAMES, contacts.NOTES: TALK, indexing.MESSAGES: TALK}


class Findable(NamedTuple):
    """``at_us`` is of messages only: those are found by their week, too."""

    id: str
    region_id: int
    space: str
    text: str
    at_us: int | None = None
    kind: str = ""


def findable_line(pk: str, region_id: int, at_us: int, line: Said) -> Findable | None:
    if line.kind in SILENT:
        return None
    return Findable(pk, region_id, indexing.MESSAGES, _text(line.kind, line.plain, line.file), at_us, line.kind)


def index(found: Iterable[Findable]) -> None:
    """As it is kept when it is older than a day, which nearly all of a load is."""
    by_kind: dict[tuple[int, str], list[Findable]] = defaultdict(list)
    for one in found:
        by_kind[one.region_id, one.space].append(one)
    for alike in by_kind.values():
        put_settled(_entries(alike))


def _entries(found: Iterable[Findable]) -> list[Entry]:
    keyed: dict[tuple[int, str], KeyedMarks] = {}
    made = []
    for one in found:
        marks = keyed.get((one.region_id, one.space))
        if marks is None:
            marks = keyed[one.region_id, one.space] = KeyedMarks(one.region_id, one.space)
        tokens = marks.tokens(_marks(one.space, one.text))
        if one.at_us is not None:
            tokens += indexing.beside_words(marks, one.kind, moment(one.at_us))
        made.append(Entry(UUID(one.id), sorted(set(tokens))))
    return made


@lru_cache(maxsize=100_000)
def _text(kind: str, plain: bytes, file: str) -> str:
    name = attachment(file).name if file else None
    return text_of(kind, json.loads(plain), [name] if name else [])


@lru_cache(maxsize=100_000)
def _marks(space: str, text: str) -> frozenset[str]:
    return frozenset(_SPELLINGS[space].marks(pieces_of(text)))
