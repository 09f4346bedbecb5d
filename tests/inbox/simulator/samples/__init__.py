"""Requests of the shapes Meta publishes, with invented values; `{…}` is filled in by the test."""

import json
from pathlib import Path
from typing import Any

_HERE = Path(__file__).parent


def read(name: str) -> dict[str, Any]:
    return json.loads((_HERE / f"{name}.json").read_text(encoding="utf-8"))


def filled(sample: Any, known: dict[str, str]) -> Any:
    """Replace `{name}` in every text by what the test's world calls it."""
    if isinstance(sample, dict):
        return {key: filled(value, known) for key, value in sample.items()}
    if isinstance(sample, list):
        return [filled(item, known) for item in sample]
    if isinstance(sample, str) and "{" in sample and "{{" not in sample:
        for name, value in known.items():
            sample = sample.replace("{" + name + "}", value)
    return sample
