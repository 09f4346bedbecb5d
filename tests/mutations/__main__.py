"""``make mutations``: for each guard a worktree without it, and tests that must fail there. Prints a Markdown table.

``python -m tests.mutations lease clock`` runs the guards whose name holds one of the words.
"""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from tests.mutations.guard import Guard
from tests.mutations.guards import GUARDS

ROOT = Path(__file__).resolve().parents[2]
_SERVICES = {
    "DATABASE_URL": "postgres://postgres@127.0.0.1:5432/kefu",
    "REDIS_URL": "redis://127.0.0.1:6379/0",
}
_TESTS_FAILED = 1  # pytest's exit code; a broken import or no tests at all is another one


def main(words: Sequence[str]) -> int:
    """The exit code: 1 when the absence of a guard went unnoticed."""
    wanted = [guard for guard in GUARDS if not words or any(word in guard.name for word in words)]
    unnoticed = 0
    print("| guard | taken out of | noticed by |\n|---|---|---|", flush=True)
    with _copy() as tree:
        for guard in wanted:
            witness = _witness(tree, guard)
            unnoticed += witness is None
            print(f"| {guard.name} | `{guard.file}` | {witness or '**nobody**'} |", flush=True)
    return 1 if unnoticed else 0


@contextmanager
def _copy() -> Iterator[Path]:
    """The tree as it is now, changes not yet committed included."""
    with tempfile.TemporaryDirectory(prefix="kefu-mutations-") as folder:
        tree = Path(folder) / "kefu"
        _git("worktree", "add", "--detach", "--quiet", str(tree), "HEAD")
        try:
            _bring_up_to_date(tree)
            yield tree
        finally:
            _git("worktree", "remove", "--force", str(tree))


def _bring_up_to_date(tree: Path) -> None:
    changed = _git("ls-files", "--modified", "--others", "--exclude-standard").splitlines()
    for name in changed:
        if (ROOT / name).is_file():
            (tree / name).parent.mkdir(parents=True, exist_ok=True)
            (tree / name).write_bytes((ROOT / name).read_bytes())
    built = ROOT / "static" / "dist"
    if built.is_dir():
        (tree / "static" / "dist").symlink_to(built)


def _witness(tree: Path, guard: Guard) -> str | None:
    """The first test that fails without the guard and passes with it: one that fails either way has seen nothing."""
    source = tree / guard.file
    whole = source.read_text()
    assert whole.count(guard.old) == 1, f"{guard.name}: the source has changed, tell guards.py how it looks now"
    tests = [test for test in guard.tests if (tree / test).exists()]
    blind: list[str] = []
    while True:
        source.write_text(whole.replace(guard.old, guard.new))
        found = _first_failure(tree, guard, [*tests, *(f"--deselect={test}" for test in blind)])
        source.write_text(whole)
        if found is None:
            return None
        if _first_failure(tree, guard, [found]) is None:
            return f"`{found.rpartition('::')[2]}`"
        blind.append(found)


def _first_failure(tree: Path, guard: Guard, tests: Sequence[str]) -> str | None:
    command = [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", *tests]
    done = subprocess.run(command, cwd=tree, env=_environment(guard), capture_output=True, text=True)
    if done.returncode == 0:
        return None
    assert done.returncode == _TESTS_FAILED, done.stdout[-3000:] + done.stderr[-3000:]
    failures = (line for line in done.stdout.splitlines() if line.startswith("FAILED "))
    return next(failures).removeprefix("FAILED ").partition(" - ")[0]


def _environment(guard: Guard) -> Mapping[str, str]:
    env = {name: value for name, value in os.environ.items() if name not in ("KEFU_DATA", "PYTHONPATH", *_SERVICES)}
    env["KEFU_TEST_PROFILE"] = guard.profile
    if guard.profile == "services":
        env |= {name: os.environ.get(name) or usual for name, usual in _SERVICES.items()}
    return env


def _git(*arguments: str) -> str:
    return subprocess.run(["git", *arguments], cwd=ROOT, check=True, capture_output=True, text=True).stdout


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
