"""Analytics of an account, counted from what was really sent here (Meta: fields of the account node).

`<metric>.start(<unix>).end(<unix>).granularity(<G>)` and filters, e.g. `.phone_numbers(["15550100001"])`. What it costs
is not told: Meta hides it too when a partner is billed.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from inbox.simulator.accounts import countries, state
from inbox.simulator.errors import GraphError
from inbox.simulator.odd import obj, rows
from inbox.simulator.storage import customers, messages, numbers
from inbox.simulator.tables import limits
from inbox.simulator.templates import facts

if TYPE_CHECKING:
    from inbox.simulator.world import World

Row = dict[str, Any]
_STEPS = {"HALF_HOUR": 1800, "DAY": 86400, "DAILY": 86400, "MONTH": None, "MONTHLY": None}
_MODIFIER = re.compile(r"\.(\w+)\(((?:\[[^\]]*\]|[^()])*)\)")


def asked_for(field: str) -> tuple[str, Row] | None:
    """(metric, its modifiers) when the field is one of the metrics, else None."""
    name = field.split(".")[0]
    if name not in METRICS:
        return None
    return name, {key: _value(text) for key, text in _MODIFIER.findall(field)}


def _value(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return text.strip("'\" ")


def answer(world: World, waba_id: str, metric: str, asked: Row) -> Row:
    """The value of one metric. Raises GraphError 100, or 200007 when template insights were never switched on."""
    start, end = asked.get("start"), asked.get("end")
    if not isinstance(start, int) or not isinstance(end, int) or start >= end:
        raise GraphError(100, f"{metric} needs start and end as Unix seconds, the earlier first.")
    if asked.get("granularity") not in _STEPS:
        raise GraphError(100, f"{metric}: granularity must be one of {', '.join(_STEPS)}.")
    days = limits()["analytics"]["lookback_days"]
    most = days["template"] if metric == "template_analytics" else days["messaging"]
    if start < world.clock.now() - (most + 1) * 86400:
        raise GraphError(100, f"{metric} looks back {most} days at most.")
    return METRICS[metric](world, waba_id, asked)


def _spans(asked: Row) -> Iterator[tuple[int, int]]:
    """The spans of time a report is cut into, the last one as long as the others."""
    at, step = datetime.fromtimestamp(asked["start"], UTC), _STEPS[asked["granularity"]]
    while at.timestamp() < asked["end"]:
        after = (
            (at.replace(day=1) + timedelta(days=32)).replace(day=1) if step is None else at + timedelta(seconds=step)
        )
        yield int(at.timestamp()), int(after.timestamp())
        at = after


def _sent(world: World, waba_id: str, asked: Row) -> list[Row]:
    """What the account's numbers sent and the filters let pass, each with its customer's `country`."""
    wanted = {re.sub(r"\D", "", str(phone)) for phone in rows(asked.get("phone_numbers"))}
    own = [row for row in numbers.of_waba(world.database, waba_id) if not wanted or numbers.digits(row) in wanted]
    phones = {row["phone_number_id"]: numbers.digits(row) for row in own}
    found = []
    for message in messages.outgoing_of(world.database, list(phones), asked["start"] - 30 * 86400, asked["end"]):
        customer = customers.find(world.database, message["customer"])
        country = countries.of_phone(customer["phone"]) if customer else None
        if not rows(asked.get("country_codes")) or country in asked["country_codes"]:
            found.append({**message, "country": country or "ZZ", "phone": phones[message["number"]]})
    return found


def _within(message: Row, status: str, span: tuple[int, int]) -> bool:
    """Meta: what was read was delivered, even if nothing said so."""
    at = message["statuses"].get(status)
    if at is None and status == "delivered":
        at = message["statuses"].get("read")
    return at is not None and span[0] <= at < span[1]


def _messaging(world: World, waba_id: str, asked: Row) -> Row:
    sent = _sent(world, waba_id, asked)
    points = [
        {"start": span[0], "end": span[1], "sent": sum(_within(row, "sent", span) for row in sent),
         "delivered": sum(_within(row, "delivered", span) for row in sent)}
        for span in _spans(asked)
    ]  # fmt: skip
    phones = sorted({row["phone"] for row in sent})
    return {"phone_numbers": phones, "country_codes": rows(asked.get("country_codes")),
            "granularity": asked["granularity"], "data_points": points}  # fmt: skip


def _pricing(world: World, waba_id: str, asked: Row) -> Row:
    """Volumes of delivered messages, apart by the asked dimensions."""
    keys = {
        "COUNTRY": "country",
        "PHONE": "phone",
        "PRICING_TYPE": "pricing_type",
        "PRICING_CATEGORY": "pricing_category",
    }
    wanted = rows(asked.get("dimensions"))
    if set(wanted) - set(keys):
        raise GraphError(100, f"dimensions must be of {', '.join(keys)}.")
    sent, points = [_priced(row) for row in _sent(world, waba_id, asked) if row["pricing"]], []
    for name, key in (("pricing_types", "pricing_type"), ("pricing_categories", "pricing_category")):
        if rows(asked.get(name)):
            sent = [row for row in sent if row[key] in asked[name]]
    for span in _spans(asked):
        here = [row for row in sent if _within(row, "delivered", span)]
        for group, volume in sorted(Counter(tuple(row[keys[name]] for name in wanted) for row in here).items()):
            parts = {keys[name]: value for name, value in zip(wanted, group, strict=True)}
            points.append({"start": span[0], "end": span[1], **parts, "volume": volume})
    return {"data": [{"data_points": points}]}


def _priced(row: Row) -> Row:
    upper = {f"pricing_{name}": str(row["pricing"][name]).upper() for name in ("type", "category")}
    return {**row, **upper}


def _templates(world: World, waba_id: str, asked: Row) -> Row:
    """Up to ten templates: sent, delivered, read, and taps on their buttons."""
    ids = [str(one) for one in rows(asked.get("template_ids"))]
    if not state.of_account(world, waba_id)["is_enabled_for_insights"]:
        raise GraphError(200007, "Template insights are not switched on for this account.")
    if not 1 <= len(ids) <= limits()["analytics"]["template_ids_max"]:
        raise GraphError(100, "template_analytics takes one to ten template_ids.")
    sent = [row for row in _sent(world, waba_id, asked) if row["kind"] == "template"]
    points = []
    for template in filter(None, (facts.find(world, one) for one in ids)):
        own = [row for row in sent if facts.sent_as(row) == (template["name"], template["language"])]
        points += [_template_point(world, template, own, span) for span in _spans(asked)]
    shape = {"granularity": "DAILY", "product_type": "CLOUD_API", "data_points": points}
    return {"data": [shape]}


def _template_point(world: World, template: Row, own: list[Row], span: tuple[int, int]) -> Row:
    counts = {name: sum(_within(row, name, span) for row in own) for name in ("sent", "delivered", "read")}
    taps = Counter(obj(tap["content"]).get("text", "") for tap in messages.taps_on(
        world.database, [row["wamid"] for row in own]) if span[0] <= tap["at"] < span[1])  # fmt: skip
    clicked = [
        {"type": "quick_reply_button", "button_content": text, "count": count} for text, count in sorted(taps.items())
    ]
    return {"template_id": template["id"], "start": span[0], "end": span[1], **counts, "clicked": clicked}


METRICS: dict[str, Callable[..., Row]] = {
    "analytics": _messaging, "pricing_analytics": _pricing, "template_analytics": _templates,
}  # fmt: skip
