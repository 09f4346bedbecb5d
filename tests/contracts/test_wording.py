"""One thing has one name: the word list of ``docs/wording.md`` holds in the server's and the client's catalogue."""

import ast
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from babel.messages.pofile import read_po

from tests.contracts.committed import ROOT, committed_files

_APART = re.compile(r"[、,]\s*")
_MARKING = ("_", "gettext", "gettext_lazy", "gettext_noop", "pgettext", "ngettext")


@dataclass(frozen=True)
class Line:
    """``wrong``: pieces of text nobody should read; ``right``: longer ones in which they are no mistake."""

    say: str
    wrong: tuple[str, ...]
    right: tuple[str, ...]


def lines() -> list[Line]:
    rows = [row.strip("|").split("|") for row in (ROOT / "docs/wording.md").read_text().splitlines() if row[:1] == "|"]
    cells = [[cell.strip() for cell in row] for row in rows[2:]]
    return [Line(say, _words(wrong), _words(right)) for _what, say, wrong, right in cells if wrong]


def _words(cell: str) -> tuple[str, ...]:
    return tuple(word for word in _APART.split(cell) if word)


def said() -> Iterator[tuple[str, str]]:
    """Every sentence that people read, in either language, and where."""
    path = "config/locale/zh_Hant/LC_MESSAGES/django.po"
    with (ROOT / path).open("rb") as file:
        for message in read_po(file):
            if message.id:
                for one in (message.id, message.string):
                    yield path, one if isinstance(one, str) else " ".join(one or ())
    for name in committed_files():
        if name.startswith("static/src/locales/") and name.endswith(".json"):
            for one in _leaves(json.loads((ROOT / name).read_text())):
                yield name, one


def _leaves(words: Any) -> Iterator[str]:
    if isinstance(words, str):
        yield words
    else:
        for one in words.values():
            yield from _leaves(one)


def mistakes(text: str, line: Line) -> list[str]:
    for right in line.right:
        text = text.replace(right, "")
    return [wrong for wrong in line.wrong if re.search(_pattern(wrong), text, re.IGNORECASE)]


def _pattern(wrong: str) -> str:
    return rf"\b{re.escape(wrong)}\b" if wrong.isascii() else re.escape(wrong)


@pytest.mark.parametrize("line", lines(), ids=lambda line: line.say)
def test_nobody_reads_another_word_for_it(line: Line):
    assert [(where, text) for where, text in said() if mistakes(text, line)] == []


def test_the_list_is_read_and_so_are_both_catalogues():
    words = dict.fromkeys(where for where, _text in said())
    assert len(words) > 20 and len(lines()) > 15
    region = next(line for line in lines() if line.say == "區域")
    assert mistakes("所有地區", region) == ["地區"] and mistakes("國家／地區", region) == []
    english = next(line for line in lines() if line.say == "sign in")
    assert mistakes("Log in here", english) == ["log in"] and mistakes("catalog index", english) == []


@pytest.mark.parametrize("line", lines(), ids=lambda line: line.say)
def test_no_word_to_say_is_one_not_to_say(line: Line):
    assert not {word for other in lines() for word in other.wrong} & set(_words(line.say))


def test_confirming_an_alarm_is_not_confirming_a_right():
    with (ROOT / "config/locale/zh_Hant/LC_MESSAGES/django.po").open("rb") as file:
        words = {message.id: message.string for message in read_po(file)}
    assert words["Confirm the alarm…"] == "確認警報屬實…" and words["The alarm is confirmed."] == "已確認警報屬實。"
    assert words["Confirm…"] == "確認保留…", "what is kept there is a right"


def test_no_sentence_hides_in_an_f_string():
    """What gathers the sentences for the catalogue does not look in there: it would stay English."""
    hidden = [
        f"{name}:{call.lineno}"
        for name in committed_files()
        if name.endswith(".py") and not name.startswith("tests/")
        for text in ast.walk(ast.parse((ROOT / name).read_text(encoding="utf-8")))
        if isinstance(text, ast.JoinedStr)
        for call in ast.walk(text)
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in _MARKING
        if any(isinstance(given, ast.Constant) for given in call.args)
    ]
    assert hidden == []
