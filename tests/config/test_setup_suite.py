"""The environment of the tests, and the closing line over all suites."""

import json
import os
from collections import Counter
from pathlib import Path

import pytest

from config.setup.suite import (
    _run_python_tests,
    client_counts,
    closing_line,
    embedded_environment,
    python_counts,
    services_environment,
)


def test_what_was_exported_for_running_does_not_reach_the_embedded_tests():
    exported = {"DATABASE_URL": "postgres://x", "REDIS_URL": "redis://x", "KEFU_DATA": "/x", "PORT": "1", "LANG": "C"}
    env = embedded_environment(exported)
    assert env["KEFU_TEST_PROFILE"] == "embedded"
    assert env["LANG"] == "C"
    assert not {"DATABASE_URL", "REDIS_URL", "KEFU_DATA", "PORT"} & env.keys()


def test_services_take_the_given_addresses_or_the_local_ones():
    given = services_environment({"DATABASE_URL": "postgres://db/x"})
    assert given["KEFU_TEST_PROFILE"] == "services"
    assert given["DATABASE_URL"] == "postgres://db/x"
    assert given["REDIS_URL"] == "redis://127.0.0.1:6379/0"


def test_pytests_report_is_counted(tmp_path):
    report = tmp_path / "report.xml"
    report.write_text('<testsuites><testsuite tests="9" failures="2" errors="1" skipped="3"/></testsuites>')
    assert python_counts(report) == {"passed": 3, "failed": 2, "errors": 1, "skipped": 3}


def test_vitests_report_is_counted_and_an_unloadable_file_is_an_error(tmp_path):
    report = tmp_path / "report.json"
    results = [
        {"status": "passed", "assertionResults": [{}]},
        {"status": "failed", "assertionResults": []},
    ]
    counted = {"numPassedTests": 5, "numFailedTests": 1, "numPendingTests": 2, "testResults": results}
    report.write_text(json.dumps(counted))
    assert client_counts(report) == {"passed": 5, "failed": 1, "skipped": 2, "errors": 1}


@pytest.mark.parametrize("counted", [client_counts, python_counts])
def test_a_runner_that_left_no_report_is_an_error(tmp_path, counted):
    assert counted(tmp_path / "absent") == {"errors": 1}


def test_the_closing_line_reads_like_pytests():
    line = closing_line({"passed": 40, "failed": 0, "skipped": 2, "errors": 0}, 12.345, failed=False)
    assert line.strip("=") == " 40 passed, 2 skipped in 12.35s "


def test_one_error_is_one_error():
    line = closing_line({"passed": 1, "errors": 1}, 1.0, failed=True)
    assert line.strip("=") == " 1 passed, 1 error in 1.00s "


def test_a_failing_runner_without_failing_tests_is_told():
    assert "a runner ended with an error" in closing_line({"passed": 3}, 1.0, failed=True)


def _one_test(folder: Path, body: str) -> dict[str, str]:
    (folder / "test_it.py").write_text(body)
    return {**os.environ, "CI": "true", "KEFU_TEST_PROFILE": "embedded", "KEFU_TEST_WORKERS": "1"}


_UNLUCKY = """
from pathlib import Path
def test_once_unlucky():
    mark = Path(__file__).with_suffix(".ran")
    ran, _ = mark.exists(), mark.touch()
    assert ran
def test_always_fine(): pass
"""


def _run(folder: Path, env: dict[str, str]) -> tuple[int, Counter[str]]:
    counts = Counter[str]()
    alone = [str(folder), f"--rootdir={folder}", "-o", f"cache_dir={folder}/cache", "-p", "no:django"]
    return _run_python_tests(folder / "report.xml", counts, alone, env), counts


def test_in_ci_a_test_that_was_unlucky_once_is_run_again_and_told(tmp_path):
    code, counts = _run(tmp_path, _one_test(tmp_path, _UNLUCKY))
    assert code == 0
    assert counts == {"passed": 2, "failed": 0, "errors": 0, "skipped": 0, "rerun": 1}
    assert "2 passed, 1 rerun" in closing_line(counts, 1.0, failed=False)


def test_a_test_that_fails_twice_fails_the_run(tmp_path):
    code, counts = _run(tmp_path, _one_test(tmp_path, "def test_broken(): assert False"))
    assert code == 1
    assert counts["failed"] == 1


def test_a_message_lost_is_never_bad_luck(tmp_path):
    lost = "from tests.faults.count import Outcome\n"
    unlucky = _UNLUCKY.replace("    assert ran", "    assert ran, Outcome(incoming=5, lost=1)")
    code, counts = _run(tmp_path, _one_test(tmp_path, lost + unlucky))
    assert (code, counts["failed"], counts["rerun"]) == (1, 1, 0)


def test_outside_ci_the_first_failure_counts(tmp_path):
    env = _one_test(tmp_path, _UNLUCKY)
    del env["CI"]
    code, counts = _run(tmp_path, env)
    assert code == 1
    assert (counts["passed"], counts["failed"]) == (1, 1)
