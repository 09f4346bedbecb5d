"""All checks together: a score, an exit code, a history, a reminder; and with everything broken still an answer."""

import json
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.utils import translation

from inbox.models import Notification
from security.actions.selfcheck import keep_run, remind_monthly
from security.models import Operation, SelfcheckRun
from security.selfcheck import base
from security.selfcheck.base import Check, Finding, Said, fine, register_check
from security.selfcheck.running import Answer, answers_of, exit_code_of, run_checks, score_of
from tests.conftest import BY, Cast


def answer(state: str, weight: int = 1) -> Answer:
    return Answer("x", "X", weight, Finding(state, Said("It is so.")))


def said(*given: str) -> tuple[str, int]:
    out, code = StringIO(), 0
    try:
        call_command("selfcheck", "--offline", *given, stdout=out)
    except SystemExit as ended:
        code = int(str(ended.code))
    return out.getvalue(), code


@pytest.mark.parametrize(
    ("answers", "score", "code"),
    [
        ([answer("ok"), answer("ok")], 100, 0),
        ([answer("ok"), answer("warn")], 75, 1),
        ([answer("ok", 9), answer("bad", 1)], 90, 2),
        ([answer("ok", 1), answer("bad", 9)], 10, 2),
        ([answer("ok"), answer("unknown", 10)], 100, 3),
        ([answer("warn"), answer("unknown")], 50, 1),
        ([answer("bad"), answer("unknown")], 0, 2),
        ([answer("unknown")], 0, 3),
        ([], 0, 0),
    ],
)
def test_the_score_weighs_and_the_exit_code_tells_the_worst(answers: list[Answer], score: int, code: int):
    assert (score_of(answers), exit_code_of(answers)) == (score, code)


def test_the_command_prints_fixes_and_keeps_the_result(cast: Cast):
    told, code = said()
    assert code == 2 and "BAD     Everybody has a second factor" in told and "→ Let them set one up" in told
    run = SelfcheckRun.objects.get()
    assert f"Score: {run.score} of 100" in told
    assert Operation.objects.get(action="selfcheck.ran").details["score"] == run.score


def test_programs_get_json_in_the_language_they_ask_for(cast: Cast):
    told, _code = said("--json", "--no-history", "--language", "zh-hant")
    found = json.loads(told)
    assert {one["state"] for one in found["checks"]} <= set(base.STATES) and 0 <= found["score"] <= 100
    assert all(not one["title"].isascii() for one in found["checks"])
    assert not SelfcheckRun.objects.exists()


def test_offline_asks_nobody_outside(cast: Cast):
    told, _code = said("--json", "--no-history")
    assert not {"headers", "certificate"} & {one["id"] for one in json.loads(told)["checks"]}


def test_with_everything_broken_there_is_still_an_answer(cast: Cast, settings: Any, tmp_path: Any):
    settings.DEBUG, settings.SECRET_KEY, settings.ALLOWED_HOSTS = True, "x", ["*"]
    settings.KEFU_PUBLIC_URL = "http://no such host:99999999/\r\nX: y"
    settings.KEFU_MASTER_KEYS = ":::,,::"
    settings.KEFU_BACKUP_STAMP = "\x00"
    settings.KEFU_DATA = tmp_path / "gone"
    settings.BASE_DIR = tmp_path / "gone"
    settings.CELERY_BROKER_URL = "redis://[::"
    settings.EMAIL_BACKEND = "nonsense"
    settings.SECURE_HSTS_SECONDS, settings.SESSION_COOKIE_SAMESITE = 0, None
    answers = run_checks(outside=True)
    states = {one.id: one.state for one in answers}
    assert len(states) == len(base.checks()) and exit_code_of(answers) == 2
    assert {states[name] for name in ("debug", "secret_key", "hosts", "master_key", "hsts", "cookies")} == {"bad"}
    assert states["redis"] == states["headers"] == "unknown"
    keep_run(by=BY, answers=answers)
    assert len(answers_of(SelfcheckRun.objects.get())) == len(answers)


def test_a_check_that_fails_stops_no_other(cast: Cast, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(base, "_checks", dict(base.checks()))

    @register_check
    class Broken(Check):
        id, title, weight = "broken", "Broken", 5

        def look(self) -> Finding:
            raise ZeroDivisionError

    answers = {one.id: one for one in run_checks(outside=False)}
    assert answers["broken"].state == "unknown" and len(answers) > 15
    assert answers["broken"].finding.evidence.values["error"] == "ZeroDivisionError"


def test_two_checks_of_one_name_are_an_error_of_the_program(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(base, "_checks", dict(base.checks()))
    with pytest.raises(ValueError, match="debug"):

        @register_check
        class Debug(Check):
            id, title, weight = "debug", "Debug", 1


def test_what_was_found_is_read_in_another_language_later(cast: Cast):
    keep_run(by=BY, answers=[Answer("admins", "Admins", 6, fine("There are %(n)s.", n=3))])
    (kept,) = answers_of(SelfcheckRun.objects.get())
    with translation.override("zh-hant"):
        chinese = str(kept.finding.evidence), str(kept.title)
    with translation.override("en"):
        assert str(kept.finding.evidence) == "There are 3."
    assert chinese[0] != "There are 3." and "3" in chinese[0] and not chinese[1].isascii()


def test_a_check_that_is_gone_since_is_shown_by_its_name(cast: Cast):
    keep_run(by=BY, answers=[Answer("long_gone", "Gone", 6, fine("There are none."))])
    (kept,) = answers_of(SelfcheckRun.objects.get())
    assert (kept.title, kept.weight, kept.state) == ("long_gone", 6, "ok")


def test_once_a_month_the_admins_are_told(cast: Cast, time_machine):
    time_machine.move_to("2026-11-30T12:00:00Z", tick=False)
    run = remind_monthly()
    assert run is not None and remind_monthly() is None
    rows = Notification.objects.for_system("the test").filter(kind="selfcheck.monthly")
    assert [(row.to, row.data["score"]) for row in rows] == [(cast.ana, run.score)]
    keep_run(by=cast.access("ana"), answers=[])
    time_machine.move_to("2026-12-01T00:01:00Z", tick=False)
    assert remind_monthly() is not None and rows.all().count() == 2
