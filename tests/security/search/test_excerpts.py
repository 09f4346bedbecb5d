"""What was found is shown as it was written, with the hits where they stand."""

from hypothesis import given
from hypothesis import strategies as st

from security.search.asking import understand
from security.search.excerpts import excerpt
from security.search.pieces import Reading
from security.search.spelling import TALK


def shown(typed: str, text: str) -> list[tuple[str, bool]]:
    reading = Reading(text)
    return [(part.text, part.hit) for part in excerpt(reading, understand(typed).spans(reading, TALK))]


def test_a_hit_is_marked_in_the_writers_own_spelling():
    assert shown("发票", "請開發票 👍🏽") == [("請開", False), ("發票", True), (" 👍🏽", False)]


def test_what_stands_between_the_letters_of_a_hit_belongs_to_it():
    assert shown("5678", "0912-345-678!") == [("0912-34", False), ("5-678", True), ("!", False)]


def test_letters_with_marks_of_their_own_are_not_cut():
    assert shown("cafe", "a cafe\u0301!") == [("a ", False), ("cafe\u0301", True), ("!", False)]


def test_hits_that_touch_are_one():
    assert shown("退款 款項", "退款項") == [("退款項", True)]


def test_of_a_long_text_the_part_around_the_first_hit_is_shown():
    parts = shown("needle", "x " * 500 + "needle" + " y" * 500)
    assert parts[0] == ("…", False)
    assert parts[-1] == ("…", False)
    assert ("needle", True) in parts
    assert sum(len(text) for text, _ in parts) < 200


@given(st.text(max_size=120), st.text(max_size=10))
def test_nothing_is_lost_or_invented(text: str, typed: str):
    parts = shown(typed, text)
    assert "".join(part for part, _ in parts) == text
