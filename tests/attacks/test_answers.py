"""No answer of any route tells of what is hidden, and what is hidden cannot be told from what never was (PM-3)."""

import pytest

from security.limits.buckets import forget_taken
from tests.attacks.asking import ANY_ID, Answer, call, first_other, path_to_nothing, shape
from tests.attacks.attackers import Scene
from tests.contracts.calls import Call
from tests.contracts.routes import CALLS

_SIGNING = "api/v1/session"  # it would end the attacker's own
NAMED = [one for one in CALLS if one.names]


def test_no_answer_of_any_route_tells_what_is_hidden(attack: Scene):
    browser = attack.attacker.browser
    told, answered = {}, 0
    for one in CALLS:
        if one.route == _SIGNING:
            continue
        answer = call(browser, one, attack.world)
        answered += answer.status < 400
        if found := attack.betrayed_by(_telling(attack, one, answer)):
            told[f"{one}"] = (answer.status, found)
    assert told == {}
    assert answered > 10, "is the attacker signed in at all?"


def _telling(scene: Scene, one: Call, answer: Answer) -> str:
    """What may tell. Admins read the whole operation log: which id, but no word of what is in it (PM-8)."""
    told = answer.body + answer.head
    for named in set(ANY_ID.findall(str(one.body(scene.world)))) if one.body else ():
        told = told.replace(named, "?")  # the caller's own words are no news to them
    if scene.attacker.access.level == "admin" and one.route.startswith("api/v1/operations"):
        return ANY_ID.sub("", told)
    return told


@pytest.fixture
def apart(attack: Scene) -> Scene:
    """Whoever sees the conversation is left out: only its old messages are hidden from them."""
    if attack.attacker.name.startswith("observer"):
        pytest.skip("the conversation itself is theirs to see")
    return attack


def test_the_hidden_and_the_absent_look_the_same(apart: Scene):
    """The same status, words and headers, after the same statements: what takes the same steps takes the same time."""
    differences = {}
    theirs = _theirs(apart)
    for one in NAMED:
        if one.route not in theirs and (found := _difference(apart, one)):
            differences[f"{one}"] = found
    assert differences == {}


def _difference(scene: Scene, one: Call) -> tuple[object, ...] | None:
    hidden, absent = _both(scene, one)
    if hidden.status < 400:
        return "was answered", hidden.status, hidden.body[:200]
    if (hidden.status, hidden.body, hidden.head) != (absent.status, absent.body, absent.head):
        return hidden.status, hidden.body[:300], absent.status, absent.body[:300]
    if shape(hidden.asked) != shape(absent.asked):
        return "statements", len(hidden.asked), len(absent.asked), first_other(hidden, absent)
    return None


def _both(scene: Scene, one: Call) -> tuple[Answer, Answer]:
    """Asked once before, so that nothing is remembered of either, and never more often than is taken."""
    browser, world = scene.attacker.browser, scene.world
    nothing = path_to_nothing(one, world)
    call(browser, one, world)
    forget_taken()
    return call(browser, one, world), call(browser, one, world, path=nothing)


def _theirs(scene: Scene) -> set[str]:
    """Routes whose object is the attacker's to see: a region's own settings and people, for who works there."""
    here = scene.world.cast.asia.pk in scene.attacker.access.region_ids
    led = ("trainees/",) if scene.attacker.access.level == "admin" else ()  # admins lead everybody (PM-1)
    seen_here = ("channels/<uuid:channel_id>", "regions/<int:region_id>", "workloads/", "assignment-rules/", "people/")
    seen = (*led, *(seen_here if here else ()))
    return {one.route for one in NAMED if one.route.removeprefix("api/v1/").startswith(seen)}
