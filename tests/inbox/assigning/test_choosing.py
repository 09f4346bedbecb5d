"""Who is chosen among those on duty, and what is remembered of why."""

from dataclasses import replace

import pytest

from inbox.assigning.choosing import Wanted, Worker, choose
from security.access import Access


def worker(
    number: int, *, load: int = 0, capacity: int = 5, languages: str = "zh", skills: str = "", teams: tuple = ()
):
    access = Access(user_id=number, name=str(number), level="agent", language="zh-hant", time_zone="UTC",
                    region_ids=frozenset({1}))  # fmt: skip
    return Worker(access, load, capacity, frozenset(languages.split()), frozenset(skills.split()), frozenset(teams))


def chosen(method: str, wanted: Wanted, *workers: Worker, last: int | None = None) -> tuple[int, str] | None:
    choice = choose(method, wanted, workers, last=last)
    return (choice.worker.id, choice.why["rule"]) if choice else None


PLAIN = Wanted()
THREE = (worker(1, load=3), worker(2, load=1), worker(3, load=2))


@pytest.mark.parametrize(("last", "next_"), [(None, 1), (1, 2), (2, 3), (3, 1), (99, 1), (0, 1)])
def test_the_turn_goes_round_in_the_order_of_ids(last: int | None, next_: int):
    assert chosen("round_robin", PLAIN, *THREE, last=last) == (next_, "turn")


def test_whoever_has_least_is_given_it_and_of_equals_whose_turn_it_is():
    assert chosen("least_loaded", PLAIN, *THREE) == (2, "least")
    equals = (worker(1), worker(2), worker(3))
    assert [chosen("least_loaded", PLAIN, *equals, last=last) for last in (1, 2, 3)] == [
        (2, "least"), (3, "least"), (1, "least")]  # fmt: skip


def test_nobody_is_given_more_than_they_can_take():
    full, room = worker(1, load=5), worker(2, load=4)
    assert chosen("round_robin", PLAIN, full, room) == (2, "only")
    assert chosen("round_robin", PLAIN, full) is None
    assert chosen("least_loaded", PLAIN, worker(1, capacity=0)) is None


def test_only_people_of_the_team_and_with_the_skill_are_given_it():
    people = (worker(1), worker(2, teams=(7,)), worker(3, teams=(7,), skills="returns"))
    assert chosen("round_robin", Wanted(team=7), *people) == (2, "turn")
    assert chosen("round_robin", Wanted(team=7, skill="returns"), *people) == (3, "only")
    assert chosen("round_robin", Wanted(team=8), *people) is None


def test_a_preferred_language_gives_way_and_a_required_one_does_not():
    zh, en = worker(1), worker(2, languages="en")
    wish = Wanted(language="en", language_wish="prefer")
    assert chosen("round_robin", wish, zh, en) == (2, "only")
    assert chosen("round_robin", wish, zh, worker(2, languages="en", load=5)) == (1, "only")
    required = replace(wish, language_wish="require")
    assert chosen("round_robin", required, zh, worker(2, languages="en", load=5)) is None
    assert chosen("round_robin", replace(wish, language_wish="off"), zh, en) == (1, "turn")
    assert chosen("round_robin", replace(required, language=""), zh, en) == (1, "turn"), "nobody knows it"


def test_who_looked_after_them_before_comes_first_if_free():
    assert chosen("least_loaded", Wanted(before=1), *THREE) == (1, "returning")
    assert chosen("least_loaded", Wanted(before=1), worker(1, load=5), worker(2), worker(3)) == (2, "least")
    assert chosen("least_loaded", Wanted(before=9), *THREE) == (2, "least")


def test_who_put_it_back_is_not_given_it_again_while_the_customer_waits():
    assert chosen("round_robin", Wanted(put_back=frozenset({1})), *THREE) == (2, "turn")
    assert chosen("round_robin", Wanted(put_back=frozenset({1}), before=1), worker(1)) is None


def test_why_names_everybody_with_what_they_had_and_what_kept_them_out():
    people = (
        worker(1, load=5), worker(2, load=2, skills="vip"), worker(3, skills="vip", languages="en"),
        worker(4, skills="vip"), worker(5, skills="vip"),
    )  # fmt: skip
    wanted = Wanted(language="zh", language_wish="require", skill="vip", put_back=frozenset({4}))
    choice = choose("least_loaded", wanted, people, last=None)
    assert choice is not None and choice.method == "least_loaded"
    assert choice.why == {
        "rule": "least",
        "candidates": [[2, 2, 5, ""], [5, 0, 5, ""], [1, 5, 5, "skill"], [3, 0, 5, "language"], [4, 0, 5, "put_back"]],
        "more": 0,
        "language": "zh",
        "skill": "vip",
    }


def test_of_a_crowd_only_some_are_named():
    choice = choose("round_robin", PLAIN, [worker(number) for number in range(1, 101)], last=None)
    assert choice is not None and (len(choice.why["candidates"]), choice.why["more"]) == (30, 70)
