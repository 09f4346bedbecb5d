"""The environment of the tests, and the closing line over all suites."""

import json

import pytest

from config.setup.suite import (
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
