"""Reading what others wrote: a value of the wrong kind counts as absent, and the rule that misses it says so."""

from typing import Any


def obj(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def rows(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def objects(value: Any) -> list[dict[str, Any]]:
    """The objects of a list; whatever else stands in it becomes an empty one, so that counts stay true."""
    return [obj(item) for item in rows(value)]
