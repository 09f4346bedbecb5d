"""How fast and how stubbornly a business calls."""

from __future__ import annotations

import json
from collections import defaultdict, deque
from collections.abc import Iterator

from inbox.simulator.judging.evidence import Evidence, Finding, Row, code_of
from inbox.simulator.storage import numbers
from inbox.simulator.tables import load_yaml

_HOUR, _MINUTE = 3600, 60
# Beyond its throughput a burst may still be under way when the number's rate is first refused.
_SLACK = 1.1


def rate(evidence: Evidence) -> Iterator[Finding]:
    """More sends in one second than the number may. The switch `throughput` lifts the rule."""
    if not evidence.world.behaviour["throughput"]:
        return
    allowed = {row["phone_number_id"]: row["throughput_mps"] for row in numbers.every(evidence.world.database)}
    windows: dict[str, deque[float]] = defaultdict(deque)
    complained: dict[str, float] = {}
    for row in evidence.sends:
        number, window = row["number"] or "", windows[row["number"] or ""]
        window.append(row["at"])
        while window[0] <= row["at"] - 1:
            window.popleft()
        if len(window) > allowed.get(number, 80) * _SLACK and row["at"] - complained.get(number, 0) > 1:
            complained[number] = row["at"]
            yield Finding("rate", row["at"], f"{len(window)} sends in a second.", number, call=row["id"])


def retry_storm(evidence: Evidence) -> Iterator[Finding]:
    """The same call failing again and again at once (Meta: wait 4^n seconds, or not at all)."""
    rule = load_yaml("judgement.yaml")["retry_storm"]
    failing: dict[str, deque[float]] = defaultdict(deque)
    for row in evidence.calls:
        if row["method"] != "POST" or 200 <= row["status"] < 300:
            continue
        same = failing[_fingerprint(row)]
        same.append(row["at"])
        while same[0] < row["at"] - rule["seconds"]:
            same.popleft()
        if len(same) >= rule["calls"]:
            same.clear()
            words = f"The same call failed {rule['calls']} times within {rule['seconds']} s."
            yield Finding("retry_storm", row["at"], words, row["number"], call=row["id"])


def dead_token(evidence: Evidence) -> Iterator[Finding]:
    """Going on with a token which was refused (190)."""
    most = load_yaml("judgement.yaml")["token_calls_after_190"]
    refused: dict[str, list[float]] = defaultdict(list)
    for row in evidence.calls:
        if code_of(row) != 190:
            continue
        times = refused[row["number"] or ""]
        times[:] = [at for at in times if at > row["at"] - _MINUTE] + [row["at"]]
        if len(times) == most + 1:
            words = f"{len(times)} calls in a minute with a token that is no good."
            yield Finding("dead_token", row["at"], words, row["number"], call=row["id"])


def template_polling(evidence: Evidence) -> Iterator[Finding]:
    """Templates change by webhook; asking for the list all the time uses up the account's quota (Meta)."""
    most = load_yaml("judgement.yaml")["template_lists_per_hour"]
    asked: dict[str, deque[float]] = defaultdict(deque)
    for row in evidence.calls:
        if (
            row["method"] != "GET"
            or not row["path"].endswith("/message_templates")
            or "after" in row["detail"]["query"]
        ):
            continue
        times = asked[row["path"]]
        times.append(row["at"])
        while times[0] < row["at"] - _HOUR:
            times.popleft()
        if len(times) > most:
            times.clear()
            words = f"The list of templates was asked for more than {most} times in an hour."
            yield Finding("template_polling", row["at"], words, call=row["id"])


def _fingerprint(row: Row) -> str:
    return f"{row['path']} {json.dumps(row['detail'].get('body'), sort_keys=True)}"
