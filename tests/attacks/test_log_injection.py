"""Nobody writes a line of their own into the log, moves a terminal's cursor, or turns what is read around."""

import io
import logging
import logging.config
import unicodedata
from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from config.log_lines import Masked, visible
from tests.conftest import Cast

FORGED = "2026-11-28 10:00:00,000 INFO    security: Ana signed in"
HOSTILE = {
    "line feed": f"x\n{FORGED}",
    "carriage return": f"x\r{FORGED}",
    "both": f"x\r\n{FORGED}",
    "next line": f"x\x85{FORGED}",
    "line separator": f"x\u2028{FORGED}",
    "paragraph separator": f"x\u2029{FORGED}",
    "vertical tab": f"x\x0b{FORGED}",
    "form feed": f"x\x0c{FORGED}",
    "record separator": f"x\x1e{FORGED}",
    "ANSI: clears the screen": "\x1b[2J\x1b[H" + FORGED,
    "ANSI: hides": "\x1b[8m" + FORGED,
    "C1: control sequence": "\x9b2J" + FORGED,
    "title of the window": "\x1b]0;owned\x07",
    "backspaces": "bad" + "\x08" * 3 + "good",
    "null": "a\x00b",
    "right to left": "\u202egnp.exe",
    "isolates": "\u2066admin\u2069",
    "zero width": "ad\u200bmin",
}


@pytest.fixture
def written() -> Iterator[io.StringIO]:
    """What the handler of the settings writes, by the settings' own formatter."""
    stream = io.StringIO()
    logged: Any = deepcopy(settings.LOGGING)
    made = logging.config.DictConfigurator(logged).configure_formatter(logged["formatters"]["line"])
    handler = logging.StreamHandler(stream)
    handler.setFormatter(made)
    assert isinstance(made, Masked)
    root = logging.getLogger()
    root.addHandler(handler)
    yield stream
    root.removeHandler(handler)


def one_line(text: str) -> None:
    (line,) = text.splitlines()
    assert not [sign for sign in line if unicodedata.category(sign)[0] == "C"]


@pytest.mark.parametrize("kind", HOSTILE)
def test_what_is_quoted_stays_within_its_line(written: io.StringIO, kind: str):
    logging.getLogger("security").error("refused: %s", HOSTILE[kind])
    logging.getLogger("security").error(HOSTILE[kind])
    first, second = written.getvalue().rstrip("\n").split("\n")
    one_line(first)
    one_line(second)


@pytest.mark.parametrize("kind", HOSTILE)
def test_the_lines_of_a_traceback_cannot_be_taken_for_others(written: io.StringIO, kind: str):
    try:
        raise ValueError(HOSTILE[kind])
    except ValueError:
        logging.getLogger("inbox").exception("it broke", stack_info=True)
    first, *rest = written.getvalue().rstrip("\n").split("\n")
    one_line(first)
    assert len(rest) > 3 and all(line.startswith("    ") for line in rest)
    for line in rest:
        one_line(line)


def test_half_of_a_pair_is_written_out():
    """Not logged here: what collects a test's log cannot send one on."""
    assert visible("x\ud800") == "x\\ud800"


def test_words_of_any_script_stay_as_they_are():
    text = "陳小美 signed in — ¿qué? Привет 👍 café"
    assert visible(text) == text and visible("a\tb\nc") == "a\\tb\\nc"


@pytest.mark.parametrize("kind", HOSTILE)
def test_nothing_sent_over_the_api_forges_a_line(cast: Cast, written: io.StringIO, kind: str):
    """In an address, a header, a field, a file's name and a cookie."""
    browser: Any = Client(SERVER_NAME="localhost", raise_request_exception=False)
    text = HOSTILE[kind]
    browser.get("/api/v1/" + text)
    browser.get("/api/v1/people", {"q": text}, headers={"user-agent": text, "x-forwarded-for": text})
    browser.post("/api/v1/session", {"email": text, "password": text}, content_type="application/json")
    browser.get("/lock/" + text)
    browser.get("/api/v1/me", headers={"authorization": f"Api-Key {text}", "host": text})
    lines = written.getvalue().rstrip("\n").split("\n")
    assert not [line for line in lines if line.startswith(FORGED[:30])]
    for line in filter(None, lines):
        one_line(line)
