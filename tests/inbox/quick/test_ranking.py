"""Which canned replies come first, and why: a pure function, so plainly tested."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from inbox.canned.ranking import Candidate, Context, ranked, suggestions, tokens

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def reply(name: str, text: str = "Hello there", **more: Any) -> Candidate:
    return Candidate(id=name, shortcut=name, title=name, text=text, **more)


def order(*candidates: Candidate, **context: Any) -> list[str]:
    return [one.id for one in ranked(candidates, Context(now=NOW, **context))]


def why(name: str, *candidates: Candidate, **context: Any) -> list[str]:
    return next(one.why for one in ranked(candidates, Context(now=NOW, **context)) if one.id == name)


def test_the_language_of_the_conversation_comes_first():
    zh, en = reply("a-zh", "您好，謝謝您"), reply("b-en", "Thank you")
    assert order(zh, en, language="en") == ["b-en", "a-zh"]
    assert order(zh, en, language="zh") == ["a-zh", "b-en"]
    assert order(zh, en, said="請問什麼時候出貨") == ["a-zh", "b-en"]
    assert why("b-en", zh, en, language="en") == ["language"]


def test_what_a_reply_says_it_is_counts_more_than_its_script():
    named, guessed = reply("b", "OK", language="zh-Hant"), reply("a", "OK")
    assert order(named, guessed, language="zh") == ["b", "a"]


def test_the_customers_words_bring_up_what_speaks_of_them():
    shipping, returns = reply("shipping", "Parcels leave in two days"), reply("return", "You can return items")
    found = ranked([shipping, returns], Context(now=NOW, said="Can I return the tea?"))
    assert [one.id for one in found] == ["return", "shipping"]
    assert "words" in found[0].why and "words" not in found[1].why
    assert suggestions(found, most=3) == ["return"]
    han = [reply("出貨", "現貨兩天內出貨"), reply("退貨", "七天內可退貨")]
    assert order(*han, said="我想退貨") == ["退貨", "出貨"]


def test_a_word_that_all_replies_hold_says_less_than_a_rare_one():
    many = [reply(f"tea{number}", "About our tea") for number in range(6)]
    rare = reply("zz-gift", "About our gift boxes of tea")
    assert order(*many, rare, said="a gift of tea")[0] == "zz-gift"


def test_what_everybody_writes_says_nothing():
    assert tokens("請問 您好 謝謝 the and you") == frozenset()


def test_habit_counts_a_little_and_fades():
    often, never = reply("b", mine=12, last_mine=NOW), reply("a")
    assert order(often, never) == ["b", "a"]
    fresh, old = reply("b", mine=3, last_mine=NOW), reply("a", mine=3, last_mine=NOW - timedelta(days=60))
    assert order(old, fresh) == ["b", "a"]
    assert why("b", fresh, old) == ["recent", "mine"]
    assert order(reply("b", everybody=200), reply("a")) == ["b", "a"]


@pytest.mark.parametrize("used", [10, 1_000, 1_000_000])
def test_no_habit_outweighs_the_language(used: int):
    habit = reply("habit", "您好", mine=used, last_mine=NOW, everybody=used)
    assert order(habit, reply("right", "Good morning"), language="en")[0] == "right"


def test_a_reply_of_another_number_is_last():
    here, there, any_ = reply("b", channel_id="1"), reply("a", channel_id="2"), reply("c")
    assert order(here, there, any_, channel_id="1") == ["b", "c", "a"]


def test_ones_team_and_ones_own_are_a_little_ahead():
    assert order(reply("b", team_id=7), reply("a"), team_ids=frozenset([7])) == ["b", "a"]
    assert order(reply("b", personal=True), reply("a")) == ["b", "a"]


def test_a_first_reply_proposes_those_that_call_by_name():
    greeting = reply("z", "Hello {contact.name}")
    assert order(greeting, reply("a"), first=True) == ["z", "a"]
    assert order(greeting, reply("a")) == ["a", "z"]
    assert "first" in why("z", greeting, first=True)


def test_the_same_facts_give_the_same_order():
    many = [reply(f"r{number}", "Some text") for number in range(50)]
    assert order(*many) == order(*reversed(many)) == sorted(one.id for one in many)


def test_the_score_is_the_sum_of_its_parts():
    for one in ranked([reply("a", mine=3, last_mine=NOW)], Context(now=NOW, language="en", said="hello there")):
        assert one.score == round(sum(one.parts.values()), 4)
