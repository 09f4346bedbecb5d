"""No question opens what is hidden: not by a filter, a search, a cursor, nor by an id inside a body."""

from typing import Any

import pytest
from drf_spectacular.generators import SchemaGenerator

from security.api.paging import write_cursor
from tests.attacks.asking import ANY_ID, MOMENT, NO_NUMBER, NO_UUID, Answer, ask, first_other, shape
from tests.attacks.attackers import WORDS, Scene
from tests.worlds.asia import Asia

_A_NUMBER = 10  # digits of a small id stand everywhere: only long ones are taken out of an answer


@pytest.fixture
def apart(attack: Scene) -> Scene:
    if attack.attacker.name.startswith("observer"):
        pytest.skip("the conversation itself is theirs to see")
    return attack


def _parameters() -> list[tuple[str, str]]:
    """Path and parameter of every list that can be asked for something."""
    document = SchemaGenerator().get_schema(request=None, public=True)
    return [
        (path, parameter["name"])
        for path, operations in document["paths"].items()
        for parameter in operations.get("get", {}).get("parameters", ())
        if parameter["in"] == "query" and "{" not in path
    ]


def _cursor(pk: object) -> str:
    return write_cursor(["2999-01-01T00:00:00+00:00", pk])


def _hidden_values(world: Asia, name: str) -> list[tuple[str, str]]:
    """What an attacker could guess for a parameter, and the same of nobody."""
    known = {
        "contact": (str(world.talk.contact_id), NO_UUID),
        "conversation": (str(world.talk.pk), NO_UUID),
        "channel": (str(world.channel.pk), NO_UUID),
        "region": (str(world.cast.asia.pk), NO_NUMBER),
        "assignee": (str(world.cast.fay.pk), NO_NUMBER),
        "author": (str(world.cast.fay.pk), NO_NUMBER),
        "person": (str(world.cast.fay.pk), NO_NUMBER),
        "actor": (str(world.cast.fay.pk), NO_NUMBER),
        "cursor": (_cursor(world.talk.pk), _cursor(NO_UUID)),
    }
    words = [(word, "zzqqxx") for word in WORDS]
    return [known[name]] if name in known else words if name in ("q", "search", "text") else []


def test_no_list_can_be_asked_whether_it_is_there(apart: Scene):
    """Asking for what is hidden brings what asking for what never was brings, by the same statements."""
    tried, differences = 0, {}
    for path, name in _parameters():
        for hidden, absent in _hidden_values(apart.world, name):
            one, other = _asked(apart, path, name, hidden), _asked(apart, path, name, absent)
            tried += 1
            told = one.body.replace(hidden, "?")
            if apart.betrayed_by(told) or not _alike(one, other, hidden, absent):
                differences[path, name, hidden] = (one.body[:300], other.body[:300], first_other(one, other))
    assert tried > 5
    assert {key: told for key, told in differences.items() if not _theirs(apart, *key[:2])} == {}


def _theirs(scene: Scene, path: str, name: str) -> bool:
    """A region's numbers and people are for everybody there to ask for; the log's every line for admins (PM-8)."""
    access = scene.attacker.access
    if scene.world.cast.asia.pk in access.extra_stream_regions | access.region_ids:
        return name in ("channel", "region", "assignee", "author", "person", "actor")
    return access.level == "admin" and path.endswith("/operations")


def _asked(scene: Scene, path: str, name: str, value: str) -> Answer:
    """Asked once before, so that nothing is remembered of either."""
    more = "&view=any" if path.endswith("/conversations") else ""
    browser, asked = scene.attacker.browser, f"{path}?{name}={value}{more}"
    ask(browser, "GET", asked)
    return ask(browser, "GET", asked)


def _alike(one: Answer, other: Answer, hidden: str, absent: str) -> bool:
    told, of_nobody = (
        MOMENT.sub("?", answer.body.replace(value, "?") if len(value) > _A_NUMBER else answer.body)
        for answer, value in ((one, hidden), (other, absent))
    )
    return one.status == other.status and told == of_nobody and shape(one.asked) == shape(other.asked)


def _bodies(world: Asia, own: str) -> list[tuple[str, str, dict[str, Any], tuple[str, ...]]]:
    """Method, path and body, and where in the body the id of something hidden goes; ``own`` is a conversation that the
    attacker does see."""
    here = f"/api/v1/conversations/{own}"
    text, picture = {"type": "text", "text": "x", "client_ref": "once"}, str(world.picture.pk)
    return [
        ("POST", f"{here}/messages", {**text, "reply_to": str(world.question.pk)}, ("reply_to",)),
        ("POST", f"{here}/messages", {"type": "image", "upload": picture, "client_ref": "once"}, ("upload",)),
        ("POST", f"{here}/messages", {"type": "reaction", "message": str(world.question.pk), "emoji": "x",
                                      "client_ref": "once"}, ("message",)),
        ("POST", "/api/v1/conversations/bulk", {"client_ref": "once", "deed": "priority", "priority": "urgent",
                                                "ids": [str(world.talk.pk)]}, ("ids",)),
        ("POST", "/api/v1/conversations/bulk", {"client_ref": "once", "deed": "resolve", "ids": [str(world.talk.pk)]},
         ("ids",)),
        ("POST", "/api/v1/access-requests", {"permission": "conversation.see", "conversation": str(world.talk.pk),
                                             "reason": "x", "hours": 1}, ("conversation",)),
    ]  # fmt: skip


def test_no_id_inside_a_body_opens_it(apart: Scene):
    """Named inside a body, the hidden and the absent are refused alike."""
    own = str(apart.attacker.own.pk) if apart.attacker.own else NO_UUID
    differences = {}
    for method, path, body, where in _bodies(apart.world, own):
        nothing = {**body, **{name: [NO_UUID] if isinstance(body[name], list) else NO_UUID for name in where}}
        browser = apart.attacker.browser
        ask(browser, method, path, body)
        hidden, absent = ask(browser, method, path, body), ask(browser, method, path, nothing)
        told = (hidden.status, hidden.body), (absent.status, absent.body)
        if _nameless(told[0], body) != _nameless(told[1], nothing) or shape(hidden.asked) != shape(absent.asked):
            differences[f"{path} {where} {body}"] = told
    assert differences == {}


def _nameless(told: tuple[int, str], body: dict[str, Any]) -> tuple[int, str]:
    """Without the ids that the caller named themself, and without what was made for the answer."""
    status, text = told
    for value in body.values():
        for one in value if isinstance(value, list) else [value]:
            text = text.replace(str(one), "?")
    return status, MOMENT.sub("?", ANY_ID.sub("?", text))
