"""The phone page's files: policy, words, no foreign addresses."""

import json
import re
from pathlib import Path

import pytest

from tests.inbox.simulator.running import Running

PHONE = Path(__file__).resolve().parents[3] / "inbox" / "simulator" / "phone"


def test_the_page_has_a_strict_policy(bare: Running) -> None:
    answer = bare.session.get(f"{bare.url}/", timeout=5)
    policy = answer.headers["content-security-policy"]
    assert answer.status_code == 200 and answer.headers["content-type"].startswith("text/html")
    assert "default-src 'none'" in policy and "unsafe" not in policy and "http" not in policy
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_every_file_the_page_names_is_served(bare: Running) -> None:
    named = set(re.findall(r'"(/phone/[\w.-]+)"', (PHONE / "index.html").read_text(encoding="utf-8")))
    for path in PHONE.glob("*.js"):
        named |= {f"/phone/{name}" for name in re.findall(r'from "\./([\w.-]+)"', path.read_text(encoding="utf-8"))}
    assert len(named) > 15
    assert {name: bare.session.get(bare.url + name, timeout=5).status_code for name in named} == dict.fromkeys(
        named, 200
    )


@pytest.mark.parametrize("name", ["..%2fapp.py", "%2e%2e/app.py", "none.js", "index.html.bak"])
def test_nothing_else_is_served(bare: Running, name: str) -> None:
    assert bare.session.get(f"{bare.url}/phone/{name}", timeout=5).status_code == 404


def test_both_languages_have_the_same_words_and_all_that_are_used() -> None:
    chinese, english = (
        json.loads((PHONE / f"words.{name}.json").read_text(encoding="utf-8")) for name in ("zh-hant", "en")
    )
    assert set(chinese) == set(english)
    used = {key for path in PHONE.glob("*.js") for key in re.findall(r'\bt\("(\w+)"', path.read_text(encoding="utf-8"))}
    assert used and used <= set(chinese)
    places = {
        name: set(re.findall(r"\{\w+\}", str(value))) for name, value in chinese.items() if isinstance(value, str)
    }
    assert places == {name: set(re.findall(r"\{\w+\}", english[name])) for name in places}


def test_the_page_builds_no_markup_from_text_and_calls_nobody_else() -> None:
    for path in PHONE.glob("*.js"):
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(", text), path.name
        assert not re.search(r"https?://(?!www\.w3\.org/2000/svg)\w", text), path.name
