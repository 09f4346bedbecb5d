"""The API's description speaks to its users: every operation in its own words."""

import json
from collections import Counter
from typing import Any

import pytest

from config.generated import openapi

_LONGEST = 60
METHODS = ("get", "post", "put", "patch", "delete")


@pytest.fixture(scope="module")
def operations() -> dict[str, dict[str, Any]]:
    schema = json.loads(openapi.make()[openapi.OPENAPI])
    return {
        f"{method.upper()} {path}": words
        for path, methods in schema["paths"].items()
        for method, words in methods.items()
        if method in METHODS
    }


def test_every_operation_has_a_short_summary_of_its_own(operations: dict[str, dict[str, Any]]):
    summaries = {name: words.get("summary", "") for name, words in operations.items()}
    assert [name for name, said in summaries.items() if not 0 < len(said) <= _LONGEST or said.endswith(".")] == []
    assert [said for said, times in Counter(summaries.values()).items() if times > 1] == []


def test_every_operation_has_a_description_beyond_what_it_needs(operations: dict[str, dict[str, Any]]):
    assert [name for name, words in operations.items() if len(words.get("description", "").split("\n\n")) < 2] == []


def test_no_description_speaks_of_our_own_house(operations: dict[str, dict[str, Any]]):
    inside = ("``", "KefuView", "needs`` maps", "serializer", "docstring")
    assert [name for name, words in operations.items() if any(word in words["description"] for word in inside)] == []


def test_a_description_says_what_one_needs(operations: dict[str, dict[str, Any]]):
    said = operations["DELETE /api/v1/canned-replies/{reply_id}"]
    assert said["summary"] == "Delete a canned reply"
    assert said["description"] == (
        "One's own, or from senior on a region's; it can be restored for a while.\n\n"
        "Needs the permission `conversation.reply`."
    )
    assert operations["GET /api/v1/me"]["description"].endswith("Needs a signed-in person.")
    assert operations["POST /api/v1/session"]["description"].endswith("Open to anybody.")
