"""One spelling for what people read as the same, in one pass however long the text is."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from security.search.folding import fold, is_chinese, is_latin


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("我要退 款!", "我要退款\n"),
        ("詐.騙、詐-騙", "诈骗\n诈骗"),
        ("ＲＥＦＵＮＤ  Me", "refund me"),
        ("s c a m now", "scam now"),
        ("a bc d", "a bc d"),
        ("don’t", "dont"),
        ("ref\u00adund ref\u200dund", "refund refund"),
        ("e\u0301t\u0301", "ét"),
        ("end. Next", "end\n next"),
        ("3.5 v.1", "35v1"),
        ("12.5 v.1", "12 5v1"),
        ("   退 款   ", "退款 "),
        ("退a款 b c", "退a款 bc"),
        ("", ""),
    ],
)
def test_what_is_read_as_the_same_is_written_as_the_same(written: str, folded: str) -> None:
    assert fold(written) == folded


@given(st.text(alphabet=st.sampled_from("ab1退款 .-!\n'\u200d\u0301Ａ"), max_size=40))
def test_nothing_but_letters_single_spaces_and_line_breaks_is_left(text: str) -> None:
    folded = fold(text)
    assert all(is_latin(char) or is_chinese(char) or char in " \n" for char in folded)
    assert "  " not in folded and not folded.startswith(" ")
    assert all(
        not (is_chinese(a) and is_chinese(c))
        for a, b, c in zip(folded, folded[1:], folded[2:], strict=False)
        if b == " "
    )


@pytest.mark.parametrize("bit", [" ", ". ", "a ", "退 ", "a b ", "'\u200d"])
def test_a_long_text_takes_no_longer_by_the_character(bit: str) -> None:
    def took(times: int) -> float:
        began = time.process_time()
        fold(bit * times)
        return time.process_time() - began

    fold(bit)
    assert took(400_000) < 40 * max(took(20_000), 0.001)
