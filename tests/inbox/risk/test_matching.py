"""Words are found however they are written, and only where they are words (TS-7)."""

import time
from uuid import uuid4

import pytest

from inbox.risk.matching import Term, Words
from inbox.risk.shipped import RULES, shipped_terms
from inbox.risk.texts import written_in
from security.search.folding import fold

LISTS = (
    ("fraud", "詐騙"), ("fraud", "詐騙集團"), ("fraud", "scam"), ("threat", "kill you"), ("legal", "sue"),
    ("legal", "don't call"), ("self_harm", "騙"),
)  # fmt: skip
WORDS = Words(Term(uuid4(), kind, text) for kind, text in LISTS)


def found(text: str, *, without: str = "self_harm") -> dict[str, int]:
    return {one.term.text: one.times for one in WORDS.found_in(text) if one.term.kind != without}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("你們是詐騙嗎", {"詐騙": 1}),
        ("你们是诈骗吗", {"詐騙": 1}),
        ("詐騙詐騙 詐騙", {"詐騙": 3}),
        ("詐 騙、詐.騙、詐_騙、詐\u200b騙", {"詐騙": 4}),
        ("詐騙集團", {"詐騙集團": 1}),
        ("ＳＣＡＭ", {"scam": 1}),
        ("S c a M", {"scam": 1}),
        ("s.c.a.m! s-c-a-m", {"scam": 2}),
        ("so\u00adscam", {}),
        ("scammer scams", {}),
        ("I will  KILL\tyou", {"kill you": 1}),
        ("They kill. You see", {}),
        ("kill, you", {}),
        ("I pursue this issue", {}),
        ("I'll sue.", {"sue": 1}),
        ("dont CALL", {"don't call": 1}),
        ("這是scam啊", {"scam": 1}),
        ("詐。騙", {}),
        ("", {}),
        ("😀" * 50, {}),
    ],
)
def test_what_people_read_as_the_word_is_the_word(text: str, expected: dict[str, int]):
    assert found(text) == expected


def test_each_kind_finds_its_own_word_at_the_same_place():
    kinds = {one.term.kind for one in WORDS.found_in("詐騙集團")}
    assert kinds == {"fraud", "self_harm"}


def test_time_grows_with_the_text_only():
    """What makes a backtracking search slow: long repeats that almost fit."""
    words = Words(
        [*(Term(uuid4(), "fraud", "a" * size + "b") for size in (10, 20, 40)), Term(uuid4(), "fraud", "詐騙")]
    )

    def seconds(length: int) -> float:
        began = time.perf_counter()
        words.found_in("詐" * length + "a" * length)
        return time.perf_counter() - began

    seconds(1000)
    short, long = min(seconds(10_000) for _ in range(5)), min(seconds(80_000) for _ in range(3))
    assert long < short * 8 * 4


def test_the_shipped_lists_are_of_known_kinds_and_without_repeats():
    terms = shipped_terms()
    assert {kind for kind, _, _ in terms} < {rule.kind for rule in RULES}
    assert {language for _, language, _ in terms} == {"zh", "yue", "en"}
    folded = [(kind, fold(text)) for kind, _, text in terms]
    assert len(set(folded)) == len(folded)
    assert all(fold(text).strip() for _, _, text in terms)
    assert all("1925" in rule.advice_zh for rule in RULES if rule.kind == "self_harm")
    assert all("165" in rule.advice_zh and "18222" in rule.advice_en for rule in RULES if rule.kind == "fraud")


@pytest.mark.parametrize(
    "text", ["跳樓大拍賣還有嗎", "BBQ 燒炭用的木炭", "bath bomb 有貨嗎", "訂單 165 什麼時候到", "I need tissue"]
)
def test_what_shops_are_asked_every_day_is_not_risky(text: str):
    words = Words(Term(uuid4(), kind, word) for kind, _, word in shipped_terms())
    assert words.found_in(text) == []


def test_only_what_customers_wrote_is_read():
    assert written_in("text", {"text": "詐騙"}) == "詐騙"
    assert written_in("image", {"text": "詐騙"}) == "詐騙"
    assert written_in("interactive", {"text": "我要檢舉", "response": '{"why":"詐騙"}'}) == '{"why":"詐騙"}'
    assert written_in("button", {"text": "檢舉詐騙"}) == ""
    assert written_in("system", {"text": "詐騙"}) == ""
    assert written_in("text", {"text": "詐騙", "revoked": True}) == ""
