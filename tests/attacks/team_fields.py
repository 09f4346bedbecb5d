"""Every field that colleagues can fill, by the API they use."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import count, cycle
from typing import Any, Protocol

from django.utils import timezone

from tests.attacks.corpus import CORPUS, Garden

Json = dict[str, Any]


class Door(Protocol):
    """How a colleague (``fay``) asks the API for something; what is answered, and its status."""

    def ask(self, who: str, method: str, path: str, body: Json) -> tuple[int, Any]: ...


@dataclass(frozen=True)
class Talk:
    """A conversation to write into, and its contact."""

    id: str
    contact: str


@dataclass(frozen=True)
class Deed:
    """``path`` may name ``{talk}``, its ``{id}`` and ``{contact}``; ``body`` of a text and a fresh reference."""

    place: str
    who: str
    spelled: str
    body: Callable[[str, str], Json]
    longest: int = 400
    of: tuple[str, ...] = CORPUS

    @property
    def method(self) -> str:
        return self.spelled.split()[0]

    def path(self, talk: Talk) -> str:
        path = self.spelled.split()[1].format(
            talk=f"conversations/{talk.id}", contact=f"contacts/{talk.contact}", id=talk.id
        )
        return f"/api/v1/{path}"


def _in(hours: int) -> str:
    return (timezone.now() + timedelta(hours=hours)).isoformat()


def _buttons(**parts: Any) -> Json:
    return {"type": "button", "text": "Which?", "buttons": [{"id": "1", "title": "One"}], **parts}


def _list(**row: str) -> Json:
    rows = [{"id": "1", "title": "One", **row}]
    return {"type": "list", "text": "Which?", "button": "Look", "sections": [{"title": "All", "rows": rows}]}


def _pressed(made: Callable[[str], Json]) -> Callable[[str, str], Json]:
    return lambda text, ref: {"type": "interactive", "client_ref": ref, "interactive": made(text)}


def _shared(made: Callable[[str], Json]) -> Callable[[str, str], Json]:
    return lambda text, ref: {"client_ref": ref, **made(text)}


def _canned(**parts: Callable[[str], Any]) -> Callable[[str, str], Json]:
    return lambda text, ref: {
        "shortcut": ref, "title": "Hello", "text": "Hello", **{name: made(text) for name, made in parts.items()},
    }  # fmt: skip


# A canned reply is refused with a hole that nothing is known for.
WITHOUT_HOLES = tuple(text for text in CORPUS if "{{" not in text and "{name}" not in text)
SEND, CANNED = "POST {talk}/messages", "POST canned-replies"
_RIGHT = {"duty": "marketing_sender", "hours": 8}
DEEDS = (
    Deed("out.text", "fay", SEND, _shared(lambda text: {"type": "text", "text": text})),
    Deed(
        "out.place",
        "fay",
        SEND,
        _shared(lambda text: {"type": "location", "latitude": 25.0, "longitude": 121.5, "name": text, "address": text}),
        200,
    ),
    Deed(
        "out.card",
        "fay",
        SEND,
        _shared(
            lambda text: {
                "type": "contacts",
                "contacts": [{"name": text, "phones": ["+886912345678"], "company": text}],
            }
        ),
        250,
    ),
    Deed("out.buttons.text", "fay", SEND, _pressed(lambda text: _buttons(text=text))),
    Deed("out.buttons.header", "fay", SEND, _pressed(lambda text: _buttons(header=text, footer=text)), 60),
    Deed("out.buttons.title", "fay", SEND, _pressed(lambda text: _buttons(buttons=[{"id": "1", "title": text}])), 20),
    Deed("out.list.described", "fay", SEND, _pressed(lambda text: _list(description=text)), 72),
    Deed(
        "out.link.url",
        "fay",
        SEND,
        _pressed(lambda text: {"type": "cta_url", "text": "Your order", "label": "Look", "url": text}),
        90,
    ),
    Deed("contact.note", "fay", "POST {contact}/notes", lambda text, ref: {"text": text}),
    Deed(
        "contact.consent",
        "fay",
        "POST {contact}/consents",
        lambda text, ref: {"purpose": "storage", "given": True, "source": "form", "at": _in(-1), "evidence": text},
    ),
    Deed("note", "fay", "POST {talk}/notes", lambda text, ref: {"text": text, "client_ref": ref}),
    Deed(
        "scheduled",
        "fay",
        "POST {talk}/scheduled-replies",
        lambda text, ref: {"type": "text", "text": text, "client_ref": ref, "send_at": _in(9)},
    ),
    Deed("canned.shortcut", "ana", CANNED, lambda text, ref: {"shortcut": text, "text": ref}, 41),
    Deed("canned.title", "ana", CANNED, _canned(title=lambda text: text), 80),
    Deed("canned.text", "ana", CANNED, _canned(text=lambda text: text), of=WITHOUT_HOLES),
    Deed("macro.name", "ana", "POST macros", lambda text, ref: {"name": text, "steps": [{"kind": "resolve"}]}, 60),
    Deed(
        "view.name",
        "ana",
        "POST saved-views",
        lambda text, ref: {"name": text, "filters": {"assignee": "me"}, "region_id": None},
        60,
    ),
    Deed("request.reason", "ben", "POST access-requests", lambda text, ref: {**_RIGHT, "reason": text}),
)
# One for each conversation: what is said there once.
ONCE = (
    Deed("contact.name", "fay", "PATCH {contact}", lambda text, ref: {"name": text}, 100),
    Deed("contact.hold", "dee", "POST {contact}/hold", lambda text, ref: {"reason": text}),
    Deed("risk.reason", "dee", "POST {talk}/risk", lambda text, ref: {"kind": "threat", "reason": text}),
    Deed("draft", "fay", "PUT drafts/reply/{id}", lambda text, ref: {"text": text, "revision": 0}),
    Deed("lock.reason", "dee", "POST {talk}/lock", lambda text, ref: {"reason": text}),
)
_refs = count(1)


def write_all(garden: Garden, door: Door, talks: Sequence[Talk]) -> dict[str, set[int]]:
    """Every deed with the whole corpus, spread over ``talks``. What was answered, by place."""
    answered: dict[str, set[int]] = {}
    for deed, talk, text in [*_spread(garden, talks), *_once(garden, talks)]:
        status, _ = door.ask(deed.who, deed.method, deed.path(talk), deed.body(text, f"ref{next(_refs)}"))
        answered.setdefault(deed.place, set()).add(status)
    return answered


def _spread(garden: Garden, talks: Sequence[Talk]) -> Iterator[tuple[Deed, Talk, str]]:
    turns = cycle(talks)
    for deed in DEEDS:
        for text in garden.all(deed.place, longest=deed.longest, of=deed.of):
            yield deed, next(turns), text


def _once(garden: Garden, talks: Sequence[Talk]) -> Iterator[tuple[Deed, Talk, str]]:
    for deed in ONCE:
        for text, talk in zip(garden.all(deed.place, longest=deed.longest, of=deed.of), talks, strict=False):
            yield deed, talk, text
