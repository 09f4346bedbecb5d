"""Meta's limits and error codes as data (`data/`), so that a change at Meta is one edit."""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

DATA = Path(__file__).parent / "data"


@dataclass(frozen=True)
class ErrorRow:
    code: int
    title: str
    http_status: int
    transient: bool
    cause: str


@cache
def limits() -> dict[str, Any]:
    """`data/limits.yaml` as nested dictionaries."""
    return load_yaml("limits.yaml")


@cache
def error_rows() -> dict[int, ErrorRow]:
    """The row of every numeric code; the one without a subcode wins."""
    rows: dict[int, ErrorRow] = {}
    with (DATA / "errors.csv").open(encoding="utf-8", newline="") as source:
        for row in csv.DictReader(source):
            if not row["code"].isdigit() or int(row["code"]) in rows:
                continue
            rows[int(row["code"])] = ErrorRow(
                code=int(row["code"]),
                title=row["title"],
                http_status=int(row["http_status"]) if row["http_status"].isdigit() else 400,
                transient=row["retryable"] == "yes",
                cause=row["cause"],
            )
    return rows


def load_yaml(name: str) -> dict[str, Any]:
    with (DATA / name).open(encoding="utf-8") as source:
        return yaml.safe_load(source)
