"""``make test`` and ``make test-services``: everything set up, every test run, one closing line."""

import json
import os
import re
import subprocess
import sys
import tempfile
import time
import xml.etree.ElementTree as ElementTree
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

from .chromium import ensure_chromium
from .client import build_client, install_client_development, node_once
from .packages import install_development
from .places import CLIENT, HERE, PYTHON, ROOT
from .terminal import step

_DATABASE_URL = "postgres://postgres@127.0.0.1:5432/kefu"
_REDIS_URL = "redis://127.0.0.1:6379/0"
_TESTS_FAILED = 1  # pytest's exit code
_FEW = 5  # more than these are no bad luck
_A_LOSS = re.compile(r"\b(lost|doubled)=-?[1-9]")
# What a developer exported for `make run` must not change what the tests see.
_NOT_FOR_TESTS = (
    "DATABASE_URL",
    "REDIS_URL",
    "HOST",
    "PORT",
    "SIM_PORT",
    "KEFU_DATA",
    "DJANGO_SETTINGS_MODULE",
)


def test_embedded(arguments: Sequence[str]) -> int:
    """All tests on the one-process default: SQLite, everything else in memory. Returns the exit code."""
    set_up_for_tests()
    env = embedded_environment(os.environ)
    env["KEFU_CHROMIUM"] = str(ensure_chromium(os.environ))
    started = time.monotonic()
    with tempfile.TemporaryDirectory() as reports:
        codes, counts = [], Counter[str]()
        if not arguments:
            codes.append(_run_client_tests(Path(reports) / "client.json", counts))
        codes.append(_run_python_tests(Path(reports) / "python.xml", counts, arguments, env))
    return _close(codes, counts, time.monotonic() - started)


def test_services(arguments: Sequence[str]) -> int:
    """The same Python tests on PostgreSQL and Redis with a Celery worker process. Returns the exit code."""
    set_up_for_tests()
    env = services_environment(os.environ)
    env["KEFU_CHROMIUM"] = str(ensure_chromium(os.environ))
    if subprocess.run([PYTHON, HERE / "services.py"], cwd=ROOT, env=env).returncode != 0:
        return 1
    started = time.monotonic()
    counts = Counter[str]()
    with tempfile.TemporaryDirectory() as reports:
        code = _run_python_tests(Path(reports) / "python.xml", counts, arguments, env)
    return _close([code], counts, time.monotonic() - started)


def set_up_for_tests() -> None:
    install_development()
    install_client_development()
    build_client()


def embedded_environment(environ: Mapping[str, str]) -> dict[str, str]:
    env = {name: value for name, value in environ.items() if name not in _NOT_FOR_TESTS}
    return {**env, "KEFU_TEST_PROFILE": "embedded", "PYTHONUNBUFFERED": "1"}


def services_environment(environ: Mapping[str, str]) -> dict[str, str]:
    env = embedded_environment(environ)
    env["DATABASE_URL"] = environ.get("DATABASE_URL") or _DATABASE_URL
    env["REDIS_URL"] = environ.get("REDIS_URL") or _REDIS_URL
    # No power fails during a test: waiting for the disk at each commit would tell nothing. Houses do wait.
    return {**env, "KEFU_TEST_PROFILE": "services", "PGOPTIONS": "-c synchronous_commit=off"}


def _run_client_tests(report: Path, counts: Counter[str]) -> int:
    step("Client tests (vitest)")
    node = node_once()
    reporters = ["--reporter=default", "--reporter=json", f"--outputFile.json={report}"]
    command = [*node.npm, "test", "--silent", "--", *reporters]
    env = node.environment() if sys.stdout.isatty() else {**node.environment(), "NO_COLOR": "1"}
    code = subprocess.run(command, cwd=CLIENT, env=env, stdin=subprocess.DEVNULL).returncode
    counts.update(client_counts(report))
    return code


def _run_python_tests(report: Path, counts: Counter[str], arguments: Sequence[str], env: Mapping[str, str]) -> int:
    step(f"Python and browser tests (pytest, {env['KEFU_TEST_PROFILE']})")
    workers = env.get("KEFU_TEST_WORKERS") or str(min((os.cpu_count() or 2) + 1, 4))  # one of them waits, always
    command = [
        str(PYTHON),
        "-m",
        "pytest",
        "-n",
        workers,
        "--dist",
        "loadscope",
        f"--junitxml={report}",
        *arguments,
    ]
    code = subprocess.run(command, cwd=ROOT, env=env, stdin=subprocess.DEVNULL).returncode
    found = python_counts(report)
    few = found.get("failed", 0) + found.get("errors", 0) <= _FEW
    if code == _TESTS_FAILED and env.get("CI") == "true" and few and not told_of_a_loss(report):
        code = _once_more(report.with_name("again.xml"), found, arguments, env)
    counts.update(found)
    return code


def _once_more(report: Path, found: dict[str, int], arguments: Sequence[str], env: Mapping[str, str]) -> int:
    """Tell what is broken from what was unlucky: the few that failed run again, alone. ``found`` is set right.

    They play real browsers and kill real processes on a machine that CI shares with the other half of the suite. A
    test that needs its second try is counted in the closing line, to be mended; one that fails twice fails the run. A
    message lost or doubled is never bad luck: whoever calls this has looked for that.
    """
    step("Once more, alone: the tests that failed")
    command = [
        str(PYTHON), "-m", "pytest", "--last-failed", "--last-failed-no-failures=none", f"--junitxml={report}",
        *arguments,
    ]  # fmt: skip
    code = subprocess.run(command, cwd=ROOT, env=env, stdin=subprocess.DEVNULL).returncode
    again = python_counts(report)
    luckier = again.get("passed", 0)
    found["passed"] += luckier
    found.update(rerun=luckier, failed=again.get("failed", 0), errors=again.get("errors", 0))
    return code


def client_counts(report: Path) -> dict[str, int]:
    """Reads vitest's JSON report. A test file that could not even be loaded is an error."""
    if not report.is_file():
        return {"errors": 1}
    found = json.loads(report.read_text())
    unloaded = sum(result["status"] == "failed" and not result["assertionResults"] for result in found["testResults"])
    return {
        "passed": found["numPassedTests"],
        "failed": found["numFailedTests"],
        "skipped": found["numPendingTests"] + found.get("numTodoTests", 0),
        "errors": unloaded,
    }


def told_of_a_loss(report: Path) -> bool:
    """Whether a failure of pytest's JUnit report counts messages lost or doubled (``tests.faults.count.Outcome``)."""
    cases = ElementTree.parse(report).getroot().iter("failure")
    return any(_A_LOSS.search(f"{case.get('message', '')} {case.text or ''}") for case in cases)


def python_counts(report: Path) -> dict[str, int]:
    """Reads pytest's JUnit report. Without one, pytest did not get to the end: an error."""
    if not report.is_file():
        return {"errors": 1}
    counts = Counter[str]()
    for suite in ElementTree.parse(report).getroot().iter("testsuite"):
        failed, errors, skipped = (int(suite.get(name, 0)) for name in ("failures", "errors", "skipped"))
        counts.update(failed=failed, errors=errors, skipped=skipped)
        counts.update(passed=int(suite.get("tests", 0)) - failed - errors - skipped)
    return dict(counts)


def _close(codes: Sequence[int], counts: Mapping[str, int], seconds: float) -> int:
    code = next((code for code in codes if code != 0), 0)
    print(closing_line(counts, seconds, failed=code != 0), flush=True)
    return code


def closing_line(counts: Mapping[str, int], seconds: float, *, failed: bool) -> str:
    """One line like pytest's, over all suites."""
    parts = [f"{counts[name]} {name}" for name in ("failed", "passed", "skipped", "rerun") if counts.get(name)]
    if errors := counts.get("errors"):
        parts.append("1 error" if errors == 1 else f"{errors} errors")
    if failed and not counts.get("failed") and not errors:
        parts.append("but a runner ended with an error")
    return f" {', '.join(parts) or 'no tests ran'} in {seconds:.2f}s ".center(88, "=")
