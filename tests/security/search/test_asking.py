"""What is typed finds what was written, however either is spelled; and the index always knows of it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from security.search.asking import LONGEST, understand
from security.search.pieces import Reading, pieces_of
from security.search.spelling import NAMES, TALK, Spelling

WORDS = [
    "退款",
    "發票",
    "refund",
    "Orders",
    "KF-20260315-0042",
    "0912345678",
    "café",
    "ありがとう",
    "한국어",
    "42",
    "😀",
]


def hits(typed: str, text: str, spelling: Spelling = TALK) -> bool:
    return bool(understand(typed).spans(Reading(text), spelling))


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("退款", "我要退款"),
        ("退款", "我要退　款"),
        ("发票", "請開發票給我"),
        ("發票", "请开发票"),
        ("ＲＥＦＵＮＤ", "about my refund"),
        ("order", "two orders"),
        ("orders", "my order, please"),
        ("refund", "you refunded it"),
        ("cafe", "the CAFÉ"),
        ("café", "the cafe\u0301"),
        ("0912345678", "call +886 912-345-678"),
        ("5678", "call 0912-345-678"),
        ("0042", "KF-20260315-0042"),
        ("KF-20260315", "order kf-20260315-0042!"),
        ("refund 退款", "退款 means refund"),
        ('"good morning"', "😀 Good  morning"),
        ("「早安」", "早安"),
        ("学", "學校"),
        ("ทดสอบ", "การทดสอบ"),
        ("한국", "한국어"),
        ("42", "room 42"),
    ],
)
def test_it_is_found(typed: str, text: str):
    assert hits(typed, text)


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("退貨", "退款、貨到"),
        ("ship", "shipping costs"),
        ("art", "start"),
        ('"morning good"', "good morning"),
        ("refund 發票", "only a refund"),
        ("345", "0912345678"),
        ("か", "がく"),
        ("OR", "nothing of that"),
    ],
)
def test_it_is_not_found(typed: str, text: str):
    assert not hits(typed, text)


@pytest.mark.parametrize("typed", ["", "   ", "…!?", "😀", '""', "」「", "%_*", "\u200b\u00ad"])
def test_what_holds_nothing_asks_for_nothing(typed: str):
    assert understand(typed).terms == ()


@pytest.mark.parametrize(
    "typed", ['"', 'a"b', "a OR b AND NOT c", "x" * 10_000, "( ( (", "'; DROP TABLE x; --", "\ud800"]
)
def test_nothing_odd_breaks_it(typed: str):
    understand(typed).spans(Reading(typed), TALK)


def test_of_very_many_words_the_first_dozen_count():
    assert len(understand(" ".join(f"word{chr(97 + at)}" for at in range(26))).terms) == 12
    assert LONGEST < 1000


@given(st.text(max_size=60), st.sampled_from([TALK, NAMES]))
def test_the_index_knows_every_word_of_a_text(text: str, spelling: Spelling):
    """No candidate is missed: what is found by reading is found by its marks."""
    reading = Reading(text)
    marks = spelling.marks(pieces_of(text))
    for word in text.split():
        asked = understand(word)
        alone = [term for term in asked.terms if len(term.pieces) == 1]
        for term in alone:
            if term.spans(reading, spelling):
                assert term.marks(spelling) <= marks


@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=5), st.sampled_from([" ", "，", "\n", " 😀 "]))
def test_a_word_between_others_is_found(words: list[str], between: str):
    text = between.join(words)
    for word in words:
        asked = understand(word)
        if asked.terms:
            assert asked.spans(Reading(text), TALK), (word, text)
            assert asked.marks(TALK) <= TALK.marks(pieces_of(text))


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("j", "John Smith"),
        ("joh", "John Smith"),
        ("smi", "John Smith"),
        ("林", "林美玲"),
        ("美玲", "林美玲"),
        ("4567", "+886912345678"),
        ("0912345678", "+886912345678"),
    ],
)
def test_names_are_found_by_their_beginnings(typed: str, name: str):
    assert hits(typed, name, NAMES)
    assert understand(typed).marks(NAMES) <= NAMES.marks(pieces_of(name))


def test_the_middle_of_a_name_is_not_its_beginning():
    assert not hits("ohn", "John Smith", NAMES)
