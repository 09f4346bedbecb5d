"""To whom a business writes: only to people it knows, as it knows them, who want it."""

from __future__ import annotations

from collections.abc import Iterator

from inbox.simulator.judging.evidence import Evidence, Finding, Row, digits_of
from inbox.simulator.people import bsuid_of
from inbox.simulator.storage import numbers
from inbox.simulator.tables import limits, load_yaml

_HOUR = 3600


def missing_plus(evidence: Evidence) -> Iterator[Finding]:
    """Without the plus a number may be read as one of the sender's own country (Meta)."""
    for row in evidence.sends:
        to = row["detail"]["body"].get("to")
        group = row["detail"]["body"].get("recipient_type") == "group"
        if isinstance(to, str) and to and not to.startswith("+") and not group:
            yield Finding("missing_plus", row["at"], "A number was addressed without +.", row["number"], call=row["id"])


def former_number(evidence: Evidence) -> Iterator[Finding]:
    """After a notice of change the old number may be another person's."""
    left = {deed["detail"]["old"]: deed for deed in evidence.deeds if deed["kind"] == "change_number"}
    for row in evidence.sends:
        deed = left.get(digits_of(row) or "")
        if deed is not None and row["at"] > deed["at"] and evidence.customer_called(deed["detail"]["old"]) is None:
            words = "The customer had left this number; the notice was sent before."
            yield Finding("former_number", row["at"], words, row["number"], deed["customer"], row["id"])


def untold_phone(evidence: Evidence) -> Iterator[Finding]:
    """A number nobody told the business, of a person it knows by the business-scoped id only."""
    hidden = {deed["customer"] for deed in evidence.deeds if deed["kind"] == "adopt_username"}
    for row in evidence.sends:
        digits = digits_of(row)
        customer = evidence.customer_called(digits) if digits else None
        number = numbers.find(evidence.world.database, row["number"] or "")
        if customer is None or number is None or not (customer["hide_phone"] or customer["id"] in hidden):
            continue
        bsuid = bsuid_of(evidence.world, customer, number["portfolio_id"])
        knew = evidence.told_at(row["number"], customer["wa_id"])
        met = evidence.told_at(row["number"], bsuid)
        if met is not None and met <= row["at"] and (knew is None or knew > row["at"]):
            words = "The business knew a user id only, and used a phone number."
            yield Finding("untold_phone", row["at"], words, row["number"], customer["id"], row["id"])


def after_window(evidence: Evidence) -> Iterator[Finding]:
    """Only templates may be sent once the customer service window has closed (Meta: 131047)."""
    hours = limits()["windows"]["customer_service_hours"]["value"]
    for message in evidence.accepted:
        if message["kind"] == "template" or message["customer"] is None:
            continue
        last = evidence.last_written(message["customer"], message["number"], message["at"])
        if last is None or message["at"] >= last + hours * _HOUR:
            words = f"A {message['kind']} outside the window."
            yield Finding("after_window", message["at"], words, message["number"], message["customer"])


def after_stop(evidence: Evidence) -> Iterator[Finding]:
    """No marketing to those who stopped it (Meta: 131050)."""
    wishes = [deed for deed in evidence.deeds if deed["kind"] in ("stop_marketing", "resume_marketing")]
    for message in _marketing(evidence):
        earlier = [
            deed for deed in wishes
            if (deed["customer"], deed["number"]) == (message["customer"], message["number"])
            and deed["at"] < message["at"]
        ]  # fmt: skip
        if earlier and earlier[-1]["kind"] == "stop_marketing":
            words = "Marketing to somebody who had stopped it."
            yield Finding("after_stop", message["at"], words, message["number"], message["customer"])


def capped_again(evidence: Evidence) -> Iterator[Finding]:
    """Who was spared marketing (131049) is to be left alone for a day (Meta)."""
    rest = load_yaml("judgement.yaml")["cap_retry_hours"] * _HOUR
    spared: dict[tuple[str, str], float] = {}
    for message in _marketing(evidence):
        who = (message["customer"], message["number"])
        if who in spared and message["at"] < spared[who] + rest:
            words = "Marketing again within a day of 131049."
            yield Finding("capped_again", message["at"], words, message["number"], message["customer"])
        if message["status"] == "failed" and (message["error"] or {}).get("code") == 131049:
            spared[who] = message["statuses"].get("failed", message["at"])


def doubled(evidence: Evidence) -> Iterator[Finding]:
    """One message of the business, by its own correlation, accepted twice: nothing is idempotent (Meta)."""
    seen: set[tuple[str, str]] = set()
    for message in evidence.accepted:
        key = (message["number"], message["correlation"] or "")
        if message["correlation"] and key in seen:
            words = f"{message['correlation']} was accepted twice."
            yield Finding("doubled", message["at"], words, message["number"], message["customer"])
        seen.add(key)


def _marketing(evidence: Evidence) -> list[Row]:
    return [row for row in evidence.accepted if row["kind"] == "template" and row["content"]["category"] == "MARKETING"]
