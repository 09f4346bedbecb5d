"""Reading, fetching and wording: what gives a careless client away."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from inbox.simulator.judging.evidence import Evidence, Finding
from inbox.simulator.storage import media, messages
from inbox.simulator.tables import limits, load_yaml
from inbox.simulator.webhooks import media_links


def read_by_machine(evidence: Evidence) -> Iterator[Finding]:
    """Blue ticks tell the customer that a person has read: not the moment a message came in, with nobody answering."""
    rule = load_yaml("judgement.yaml")
    answered: dict[tuple[str, str], list[float]] = defaultdict(list)
    for answer in evidence.accepted:
        answered[answer["customer"] or "", answer["number"]].append(answer["at"])
    for row in evidence.calls:
        body = row["detail"].get("body")
        if not isinstance(body, dict) or body.get("status") != "read" or row["status"] != 200:
            continue
        if "typing_indicator" in body:  # somebody is writing
            continue
        message = messages.find(evidence.world.database, str(body.get("message_id")))
        if message is None or row["at"] - message["statuses"]["sent"] > rule["read_by_machine_seconds"]:
            continue
        near = answered[message["customer"] or "", message["number"]]
        if not any(abs(at - row["at"]) <= rule["answered_within_seconds"] for at in near):
            words = "Marked as read at once, and nobody answered."
            yield Finding("read_by_machine", row["at"], words, row["number"], message["customer"], row["id"])


def media_lost(evidence: Evidence) -> Iterator[Finding]:
    """A file nobody fetched before its id died (Meta: seven days)."""
    fetched = {
        row["detail"]["query"].get("mid") for row in evidence.calls
        if row["path"] == media_links.PATH and row["status"] == 200
    }  # fmt: skip
    now = evidence.world.clock.now()
    for message in messages.incoming_media(evidence.world.database, evidence.since, evidence.number):
        row = media.find(evidence.world.database, message["content"]["id"])
        if row is not None and row["expires_at"] < now and row["id"] not in fetched:
            words = f"A {message['kind']} was never fetched."
            yield Finding("media_lost", row["expires_at"], words, message["number"], message["customer"])


def deprecated(evidence: Evidence) -> Iterator[Finding]:
    """Old names and versions which Meta answers today and will not tomorrow."""
    old = load_yaml("judgement.yaml")["deprecated_send_keys"]
    live = {row["version"] for row in limits()["meta"]["graph_versions"]["table"]}
    complained: set[str] = set()
    for row in evidence.calls:
        body = row["detail"].get("body")
        first = row["path"].split("/")[1]
        used = [key for key in old if isinstance(body, dict) and key in body]
        if first.startswith("v") and first[1:2].isdigit() and first not in live:
            used.append(first)
        for name in used:
            if name not in complained:
                complained.add(name)
                yield Finding(
                    "deprecated", row["at"], f"{name} is no longer to be used.", row["number"], call=row["id"]
                )
