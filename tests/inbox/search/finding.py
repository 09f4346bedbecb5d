"""Asking as somebody, over the API."""

from typing import Any

from tests.conftest import Cast


def answer(cast: Cast, name: str, group: str, **asked: Any) -> dict[str, Any]:
    got: Any = cast.browser(name).get(f"/api/v1/search/{group}", asked)
    assert got.status_code == 200, got.content
    return dict(got.json())


def found(cast: Cast, name: str, q: str, group: str = "messages", **asked: Any) -> list[str]:
    """What was found, each as one text, newest first."""
    return [
        "".join(part["text"] for part in hit["excerpt"]) for hit in answer(cast, name, group, q=q, **asked)["results"]
    ]
