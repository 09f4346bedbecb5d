"""``manage.py selfcheck``: is this installation safe? Ends with 0 (all right), 1 (should be better), 2 (bad)
or 3 (something could not be checked)."""

import json
import sys
from typing import Any

from django.conf import settings
from django.core.management.base import CommandParser
from django.utils import translation

from security.access import System
from security.actions.selfcheck import keep_run
from security.management.prepared import PreparedCommand
from security.selfcheck.base import OK
from security.selfcheck.running import Answer, exit_code_of, run_checks, score_of

_MARKS = {"ok": "ok     ", "warn": "WARN   ", "bad": "BAD    ", "unknown": "unknown"}


class Command(PreparedCommand):
    help = "Check how this installation is set up and kept; print a score and what to do. Exit code 0, 1, 2 or 3."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="print it for programs")
        parser.add_argument("--language", default="en", choices=[code for code, _name in settings.LANGUAGES])
        parser.add_argument("--offline", action="store_true", help="leave out what needs the network")
        parser.add_argument("--no-history", action="store_true", help="do not keep the result")

    def handle(self, *args: Any, **options: Any) -> None:
        with translation.override(options["language"]):
            answers = run_checks(outside=not options["offline"])
            if not options["no_history"]:
                keep_run(by=System("manage.py selfcheck"), answers=answers)
            if options["json"]:
                self.stdout.write(json.dumps(_spelled(answers), ensure_ascii=False, indent=2))
            else:
                self._print(answers)
        code = exit_code_of(answers)
        if code:
            sys.exit(code)

    def _print(self, answers: list[Answer]) -> None:
        for one in answers:
            self.stdout.write(f"{_MARKS[one.state]} {one.title}: {one.finding.evidence}")
            if one.state != OK and one.finding.fix is not None:
                self.stdout.write(f"        → {one.finding.fix}")
        self.stdout.write(f"Score: {score_of(answers)} of 100")


def _spelled(answers: list[Answer]) -> dict[str, Any]:
    return {
        "score": score_of(answers),
        "checks": [
            {
                "id": one.id,
                "title": str(one.title),
                "weight": one.weight,
                "state": one.state,
                "evidence": str(one.finding.evidence),
                "fix": str(one.finding.fix) if one.finding.fix is not None else None,
                "where": one.finding.where,
            }
            for one in answers
        ],
    }
