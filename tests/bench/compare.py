"""``python -m tests.bench.compare BASE [--row a …]``: two versions in turn, base, this, base, this …, and their ratio.

The base is checked out beside the data folder and set up by its own ``make setup``; each version runs its own benches,
so a base older than the benches cannot be compared. With ``--these-benches`` the base runs the benches of this version,
as far as they fit it: for a row that is newer than the base.
"""

import argparse
import json
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.bench.row import PROFILES
from tests.bench.table import figure
from tests.house.house import ROOT

ROUNDS = 3
Figures = dict[tuple[str, str, str], list[float]]


def main(arguments: Sequence[str]) -> int:
    wishes = _parser().parse_args(arguments)
    options = [f"--row={row}" for row in wishes.row or ()] + [f"--profile={name}" for name in wishes.profile or ()]
    base: Figures = defaultdict(list)
    this: Figures = defaultdict(list)
    with _checkout(wishes.base) as tree:
        if wishes.these_benches:
            shutil.copytree(ROOT / "tests" / "bench", tree / "tests" / "bench", dirs_exist_ok=True)
        for number in range(wishes.rounds):
            print(f"round {number + 1} of {wishes.rounds}: {wishes.base}, then this version", flush=True)
            _measure(tree, options, base)
            _measure(ROOT, options, this)
    print("\n".join(_lines(wishes.base, base, this)))
    return 0


@contextmanager
def _checkout(ref: str) -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="kefu-base-") as folder:
        tree = Path(folder) / "kefu"
        subprocess.run(["git", "worktree", "add", "--detach", "--quiet", str(tree), ref], cwd=ROOT, check=True)
        try:
            if not (tree / "tests" / "bench").exists():
                sys.exit(f"{ref} has no benches to compare with.")
            subprocess.run(["make", "--no-print-directory", "setup"], cwd=tree, check=True)
            yield tree
        finally:
            subprocess.run(["git", "worktree", "remove", "--force", str(tree)], cwd=ROOT, check=False)


def _measure(tree: Path, options: Sequence[str], into: Figures) -> None:
    python = tree / ".venv" / "bin" / "python"
    with tempfile.NamedTemporaryFile(suffix=".json") as report:
        command = [str(python), "-m", "tests.bench", *options, "--json", report.name]
        subprocess.run(command, cwd=tree, check=False, stdout=subprocess.DEVNULL)
        results: list[dict[str, Any]] = json.loads(Path(report.name).read_text() or "{}").get("results", [])
    for result in results:
        for one in result["measures"]:
            into[result["row"], result["profile"], f"{one['name']}, {one['unit']}"].append(one["value"])


def _lines(ref: str, base: Figures, this: Figures) -> Iterator[str]:
    """Medians side by side; the ratio of each pair tells more than the medians when the machine's speed drifts."""
    yield f"\n{'row':<4}{'profile':<10}{'measure':<46}{ref[:12]:>12}{'this':>12}  {'this/base per round'}"
    for key, values in this.items():
        before = base.get(key, [])
        ratios = ", ".join(f"{new / old:.2f}" for new, old in zip(values, before, strict=False) if old)
        shown = figure(statistics.median(before)) if before else "-"
        yield f"{key[0]:<4}{key[1]:<10}{key[2]:<46}{shown:>12}{figure(statistics.median(values)):>12}  {ratios}"


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="bench-compare", description="Two versions of Kefu, measured in turn")
    parser.add_argument("base", help="a git ref: a tag, a branch, a commit")
    parser.add_argument("--row", action="append", help="only this row; repeatable")
    parser.add_argument("--profile", action="append", choices=PROFILES, help="only on this profile")
    parser.add_argument("--these-benches", action="store_true", help="the base runs this version's benches, too")
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    return parser


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
