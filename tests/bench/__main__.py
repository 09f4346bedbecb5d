"""``python -m tests.bench [--row a …] [--profile services|embedded] [--json FILE]``; see ``make bench``.

Exit code 0 when every row ran, whether or not it met its aim: a figure that falls short is a finding, not an error.
"""

import argparse
import json
import os
import sys
import time
import traceback
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tests.bench.machine import describe
from tests.bench.row import PROFILES, Row
from tests.bench.rows import ROWS
from tests.bench.table import heading, lines_of


def main(arguments: Sequence[str]) -> int:
    wishes = _parser().parse_args(arguments)
    rows = [row for row in ROWS if not wishes.row or row.id in wishes.row]
    profiles = [name for name in PROFILES if not wishes.profile or name in wishes.profile]
    if (
        "services" in profiles
        and any("services" in row.profiles for row in rows)
        and not os.environ.get("DATABASE_URL")
    ):
        sys.exit("The services profile needs DATABASE_URL and REDIS_URL; `make bench` sets them.")
    report: dict[str, Any] = {"machine": describe(), "results": []}
    print(heading(report["machine"]), flush=True)
    for row in rows:
        for profile in profiles:
            if profile in row.profiles:
                report["results"].append(_run(row, profile))
    if wishes.json:
        Path(wishes.json).write_text(json.dumps(report, indent=1, ensure_ascii=False) + "\n")
    return 1 if any(result["error"] for result in report["results"]) else 0


def _run(row: Row, profile: str) -> dict[str, Any]:
    began = time.monotonic()
    result: dict[str, Any] = {"row": row.id, "what": row.what, "profile": profile, "error": "", "measures": []}
    try:
        result["measures"] = [measure.as_json() for measure in row.run(profile)]
    except Exception as error:  # noqa: BLE001  (the other rows are still worth having)
        traceback.print_exc()
        result["error"] = f"{type(error).__name__}: {error}"
    result["seconds"] = round(time.monotonic() - began, 1)
    print("\n".join(lines_of(result)), flush=True)
    return result


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="bench", description="Kefu's benches, each with its reference")
    parser.add_argument("--row", action="append", choices=[row.id for row in ROWS], help="only this row; repeatable")
    parser.add_argument("--profile", action="append", choices=PROFILES, help="only on this profile")
    parser.add_argument("--json", metavar="FILE", help="write the figures there too")
    return parser


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
