"""Plays a script over the control plane: customers act, the clock moves, and the business must do what is written."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from functools import partial
from typing import Any

from inbox.simulator.acting.taps import choices_of
from inbox.simulator.judging.claims import words_of
from inbox.simulator.scenarios.script import Script, Step

Row = dict[str, Any]
# (method, path below /__sim/, body) → the answer's JSON; anything but success raises.
Control = Callable[[str, str, Any], Any]
# Lets a business say a line: (what, customer). Without one the line is only waited for.
Doer = Callable[[Any, Row], None]
_PATIENCE_SECONDS = 15.0
_LOOK_EVERY_SECONDS = 0.05


@dataclass
class Result:
    place: int
    who: str
    ok: bool
    why: str = ""


@dataclass
class Report:
    """`state`: running | passed | failed."""

    title: str
    state: str = "running"
    results: list[Result] = field(default_factory=list)

    def as_json(self) -> Row:
        return asdict(self)


class Failed(AssertionError):
    """A step did not come true."""


class Runner:
    """`number` is the business's; `doer` speaks for it; `patience` is how long, in real seconds, a step without a
    `within` may take to come true. `report` fills while `run` works."""

    def __init__(self, script: Script, control: Control, number: str, doer: Doer | None = None, *,
                 patience: float = _PATIENCE_SECONDS) -> None:  # fmt: skip
        self.patience = patience
        self.script, self.control, self.number, self.doer = script, control, number, doer
        self.report = Report(script.title)
        self.people: dict[str, Row] = {}
        self._heard: set[str] = set()
        self._first_phone: dict[str, str] = {}
        self._last = ""
        self._began = 0.0

    def run(self) -> Report:
        """Stops at the first step which does not come true."""
        try:
            self._record(0, "people", self._cast)
            for step in self.script.steps:
                self._record(step.place, step.who, partial(self._play, step))
        except Failed:
            self.report.state = "failed"
        else:
            self.report.state = "passed"
        return self.report

    def _record(self, place: int, who: str, deed: Callable[[], None]) -> None:
        """Whatever goes wrong belongs into the report, with its step; then the scenario is over."""
        try:
            deed()
        except Exception as error:
            why = str(error) or type(error).__name__
            self.report.results.append(Result(place, who, ok=False, why=why))
            raise Failed from error
        if place:
            self.report.results.append(Result(place, who, ok=True))

    def _cast(self) -> None:
        self._joins(self.script.people)
        self._began = self.control("GET", "clock", None)["epoch"]

    def _play(self, step: Step) -> None:
        if step.who in self.people:
            self._last = step.who
            self._person(step.who, step.what)
        elif step.who == self.script.business:
            self._business(step.what)
        else:
            getattr(self, f"_{step.who}")(step.what)

    # --- people --------------------------------------------------------------------------------------------------

    def _person(self, who: str, what: Any) -> None:
        path = f"customers/{self.people[who]['id']}"
        if not isinstance(what, dict):
            self.control("POST", f"{path}/messages", {"number": self.number, "type": "text", "text": str(what)})
        elif what.get("does") == "read":
            self._until(
                lambda: self.control("POST", f"{path}/read", {"number": self.number})["read"], "Nothing to read."
            )
        elif "does" in what:
            self.people[who] = self.control("POST", f"{path}/deeds", {"number": self.number, **what})
        elif "changes" in what:
            self.people[who] = self.control("PATCH", path, what["changes"])
        else:
            self.control("POST", f"{path}/messages", {"number": self.number, **what})

    # --- the business --------------------------------------------------------------------------------------------

    def _business(self, what: Any) -> None:
        """The next message to whoever acted last, or to `to`; {says?, kind?, offers?: words to tap, template?: name,
        fails?: code, within?: seconds}."""
        wish = what if isinstance(what, dict) else {"says": str(what)}
        person = self.people[wish.get("to") or self._last]
        if self.doer is not None:
            self.doer(wish, person)
        heard = self._until(lambda: self._next(person, wish), f"The business did not do it: {wish}",
                            float(wish.get("within") or self.patience))  # fmt: skip
        self._heard.add(heard["wamid"])
        self._compare(heard, wish)

    def _compare(self, heard: Row, wish: Row) -> None:
        if "kind" in wish and heard["kind"] != wish["kind"]:
            raise Failed(f"A {heard['kind']} came instead of a {wish['kind']}.")
        offered = [choice.get("title") or choice.get("text") for choice in choices_of(heard)]
        if not set(wish.get("offers") or []) <= set(offered):
            raise Failed(f"The business offered {offered}.")
        if wish.get("template") not in (None, heard["content"].get("name")):
            raise Failed(f"The template was {heard['content'].get('name')}.")
        if str(wish.get("says", "")) not in words_of(heard):
            raise Failed(f"The business said {words_of(heard)!r}.")
        code = (heard["error"] or {}).get("code")
        if code != wish.get("fails"):
            raise Failed(f"The message failed with {code}." if code else "The message did not fail.")

    def _next(self, person: Row, wish: Row) -> Row | None:
        """The first message of the business which nobody heard yet, once its fate is known."""
        rows = self.control("GET", f"customers/{person['id']}/chats/{self.number}?limit=200", None)["results"]
        fresh = [row for row in rows if row["direction"] == "out" and row["wamid"] not in self._heard]
        return fresh[0] if fresh and fresh[0]["status"] != "accepted" else None

    def _joins(self, what: Any) -> None:
        """Further people; `habits` as in the control plane, `phone_of` the number which somebody had at first."""
        for name, fields in what.items():
            given = {key: value for key, value in fields.items() if key not in ("habits", "phone_of")}
            if "phone_of" in fields:
                given["phone"] = self._first_phone[fields["phone_of"]]
            self.people[name] = self.control("POST", "customers", {"name": name, **given})
            self._first_phone[name] = self.people[name]["phone"]
            if fields.get("habits"):
                self.control("PATCH", f"customers/{self.people[name]['id']}/habits", fields["habits"])

    # --- directions ----------------------------------------------------------------------------------------------

    def _wait(self, seconds: float) -> None:
        self.control("POST", "clock", {"advance": seconds})

    def _silence(self, seconds: float) -> None:
        now = self.control("GET", "clock", None)["epoch"]
        claim = {"claim": "sent", "number": self.number, "exactly": 0, "since": now, "within": seconds}
        self._claim(claim)

    def _emit(self, what: Any) -> None:
        wish = dict(what)
        if wish.get("customer"):
            wish["customer"] = self.people[wish["customer"]]["id"]
        self.control("POST", "webhooks/emit", {"number": self.number, **wish})

    def _fault(self, what: Any) -> None:
        self.control("POST", "faults", what)

    def _settings(self, what: Any) -> None:
        self.control("PATCH", "settings", what)

    def _outage(self, what: Any) -> None:
        self.control("POST", "webhooks/outage", {"number": self.number, **what})

    def _incident(self, what: Any) -> None:
        self.control("POST", "incidents", {"number": self.number, **what})

    def _keep(self, what: Any) -> None:
        for rule in what if isinstance(what, list) else [what]:
            self._claim({"claim": "kept", "rule": rule, "number": self.number, "since": self._began})

    def _post(self, what: Any) -> None:
        """Anything else of the control plane, e.g. {path: numbers, phone_number_id: …}."""
        self.control("POST", what["path"], {key: value for key, value in what.items() if key != "path"})

    def _expect(self, what: Any) -> None:
        claim = {"claim": "sent", "number": self.number, "since": self._began, **what}
        if claim.get("customer"):
            claim["customer"] = self.people[claim["customer"]]["id"]
        self._claim(claim)

    def _claim(self, claim: Row) -> None:
        verdict = self.control("POST", "assertions", claim)
        if not verdict["holds"]:
            raise Failed(f"{claim.get('rule') or 'claim'}: {verdict['why']} {verdict['seen'][:3]}")

    def _until(self, happened: Callable[[], Any], why: str, seconds: float | None = None) -> Any:
        deadline = time.monotonic() + (self.patience if seconds is None else seconds)
        while not (found := happened()):
            if time.monotonic() > deadline:
                raise Failed(why)
            time.sleep(_LOOK_EVERY_SECONDS)
        return found
