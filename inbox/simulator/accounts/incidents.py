"""What may befall a business: each incident changes the state and tells it by webhook, as Meta would."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from inbox.simulator.accounts import state
from inbox.simulator.errors import BadRequest
from inbox.simulator.storage import numbers, records, timers
from inbox.simulator.tables import limits
from inbox.simulator.webhooks.account import announce

if TYPE_CHECKING:
    from inbox.simulator.world import World

Row = dict[str, Any]
RESTRICTIONS = (
    "RESTRICTED_BIZ_INITIATED_MESSAGING", "RESTRICTED_CUSTOMER_INITIATED_MESSAGING",
    "RESTRICTED_ADD_PHONE_NUMBER_ACTION", "RESTRICTED_UTILITY_TEMPLATES", "RESTRICTED_DIRECT_SEND_UTILITY_TEMPLATES",
    "RESTRICTED_BUSINESS_INITIATED_CALLING", "RESTRICTED_USER_INITIATED_CALLING",
    "RESTRICTED_USER_INITIATED_CALLING_CALL_BUTTON_HIDDEN", "RESTRICTED_BIZ_INITIATED_AND_USER_INITIATED_CALLING",
)  # fmt: skip
_DAY = 86400


def _token(token_state: str) -> Callable[[World, Row, Row], Row]:
    def happen(world: World, number: Row, detail: Row) -> Row:
        world.database.update("number", "access_token", number["access_token"], {"token_state": token_state})
        return {"token_state": token_state}

    return happen


def _secret_rotated(world: World, number: Row, detail: Row) -> Row:
    """Every later webhook is signed with the new secret, retries too."""
    secret = str(detail.get("app_secret") or world.chance.letters(32))
    world.database.update("number", "app_secret", number["app_secret"], {"app_secret": secret})
    return {"app_secret": secret}


def _unsubscribed(world: World, number: Row, detail: Row) -> Row:
    numbers.unsubscribe(world.database, number["waba_id"])
    return {"subscribed": False}


def _number(**changes: Any) -> Callable[[World, Row, Row], Row]:
    def happen(world: World, number: Row, detail: Row) -> Row:
        state.change_number(world, number["phone_number_id"], **changes)
        return changes

    return happen


def _account(**changes: Any) -> Callable[[World, Row, Row], Row]:
    def happen(world: World, number: Row, detail: Row) -> Row:
        state.change_account(world, number["waba_id"], **changes)
        return changes

    return happen


def _quality(world: World, number: Row, detail: Row) -> Row:
    """`rating`; a red number is flagged, a better one no longer."""
    rating = str(detail.get("rating", "RED")).upper()
    if rating not in ("GREEN", "YELLOW", "RED", "UNKNOWN"):
        raise BadRequest("rating must be GREEN, YELLOW, RED or UNKNOWN.", field="rating")
    name = number["phone_number_id"]
    was_flagged = state.of_number(world, name)["status"] == "FLAGGED"
    world.database.update("number", "phone_number_id", name, {"quality_rating": rating})
    state.change_number(world, name, status="FLAGGED" if rating == "RED" else "CONNECTED")
    if was_flagged != (rating == "RED"):
        _about_number(world, number, "FLAGGED" if rating == "RED" else "UNFLAGGED")
    return {"quality_rating": rating}


def _about_number(world: World, number: Row, event: str) -> None:
    tier = state.of_portfolio(world, number["portfolio_id"])["tier"]
    value = {"display_phone_number": numbers.digits(number), "event": event, "current_limit": tier,
             "max_daily_conversations_per_business": tier}  # fmt: skip
    announce(world, number["waba_id"], "phone_number_quality_update", value)


def _upgrade(world: World, number: Row, detail: Row) -> Row:
    """For up to a minute the number is away (131057), then it may send a thousand messages a second."""
    until = world.clock.now() + limits()["throughput"]["upgrade_downtime_seconds_max"]
    state.change_number(world, number["phone_number_id"], upgrading_until=until)
    timers.add(world.database, until, "number", number["phone_number_id"], {"do": "upgraded"})
    return {"upgrading_until": until}


def _restriction(world: World, number: Row, detail: Row) -> Row:
    """`types`, `seconds`: in force until then, and over without another webhook."""
    types = detail.get("types") or ["RESTRICTED_BIZ_INITIATED_MESSAGING"]
    if not isinstance(types, list) or set(types) - set(RESTRICTIONS):
        raise BadRequest(f"types must be of {', '.join(RESTRICTIONS)}.", field="types")
    until = int(world.clock.now() + float(detail.get("seconds", 3 * _DAY)))
    rows = [{"restriction_type": kind, "expiration": until} for kind in types]
    state.change_account(world, number["waba_id"], restrictions=rows)
    _update(world, number, "ACCOUNT_RESTRICTION", restriction_info=rows)
    return {"restrictions": rows}


def _update(world: World, number: Row, event: str, **info: Any) -> None:
    announce(world, number["waba_id"], "account_update", {"event": event, **info})


def _violation(world: World, number: Row, detail: Row) -> Row:
    info = {"violation_type": str(detail.get("violation_type", "SCAM"))}
    _update(world, number, "ACCOUNT_VIOLATION", violation_info=info)
    return info


def _disabled(world: World, number: Row, detail: Row) -> Row:
    """`state`: SCHEDULE_FOR_DISABLE (after `seconds`), DISABLE or REINSTATE."""
    wanted = detail.get("state", "DISABLE")
    if wanted not in ("SCHEDULE_FOR_DISABLE", "DISABLE", "REINSTATE"):
        raise BadRequest("state must be SCHEDULE_FOR_DISABLE, DISABLE or REINSTATE.", field="state")
    due = world.clock.now() + float(detail.get("seconds", 5 * _DAY if wanted == "SCHEDULE_FOR_DISABLE" else 0))
    timers.remove_about(world.database, "account", number["waba_id"])
    if wanted == "SCHEDULE_FOR_DISABLE":
        timers.add(world.database, due, "account", number["waba_id"], {"do": "disable"})
    return set_ban(world, number, wanted, due)


def set_ban(world: World, number: Row, wanted: str, at: float) -> Row:
    state.change_account(world, number["waba_id"], ban_state=None if wanted == "REINSTATE" else wanted)
    day = datetime.fromtimestamp(at, UTC)
    info = {"waba_ban_state": wanted, "waba_ban_date": f"{day:%B} {day.day}, {day.year}"}
    _update(world, number, "DISABLED_UPDATE", ban_info=info)
    return info


def _name(world: World, number: Row, detail: Row) -> Row:
    """`decision` on the display name; an approved one needs a new registration to be shown."""
    decision, name = str(detail.get("decision", "REJECTED")).upper(), number["phone_number_id"]
    if decision not in ("APPROVED", "DEFERRED", "PENDING", "REJECTED"):
        raise BadRequest("decision must be APPROVED, DEFERRED, PENDING or REJECTED.", field="decision")
    now = state.of_number(world, name)
    wanted = now["new_display_name"] or number["verified_name"]
    field = "new_name_status" if now["new_display_name"] else "name_status"
    status = {"APPROVED": "APPROVED", "REJECTED": "DECLINED"}.get(decision, "PENDING_REVIEW")
    state.change_number(world, name, **{field: status})
    reason = str(detail.get("reason", "NAME_NOT_CONSISTENT")) if decision == "REJECTED" else "NONE"
    announce(world, number["waba_id"], "phone_number_name_update", {
        "display_phone_number": numbers.digits(number), "decision": decision, "requested_verified_name": wanted,
        "rejection_reason": reason,
    })  # fmt: skip
    return {field: status}


def _countries(world: World, number: Row, detail: Row) -> Row:
    blocked = [str(code).upper() for code in detail.get("countries", [])]
    return _account(blocked_countries=blocked)(world, number, detail)


def _misuse(world: World, number: Row, detail: Row) -> Row:
    """`days`: at first 7, then 30 (Meta)."""
    days = float(detail.get("days", limits()["templates"]["misuse_restriction_days"][0]))
    return _account(misuse_until=world.clock.now() + days * _DAY)(world, number, detail)


def _unverified(world: World, number: Row, detail: Row) -> Row:
    state.change_account(world, number["waba_id"], business_verification_status="not_verified")
    state.change_portfolio(world, number["portfolio_id"], verified=False)
    return {"verified": False}


def _platform(world: World, number: Row, detail: Row) -> Row:
    """`rate`, `minutes`, `codes` (a Graph code, or an HTTP status from 500 on for a page without one)."""
    codes = detail.get("codes") or [2, 131000, 131016, 503]
    until = world.clock.now() + float(detail.get("minutes", 10)) * 60
    incident = {"rate": float(detail.get("rate", 1)), "codes": codes, "until": until}
    records.write(world.database, "incident", "platform", incident)
    return incident


def _media_down(world: World, number: Row, detail: Row) -> Row:
    until = world.clock.now() + float(detail.get("minutes", 10)) * 60
    records.write(world.database, "incident", "media", {"until": until})
    return {"until": until}


def platform_fault(world: World) -> Row | None:
    """The fault of a running platform incident, as faults are described; None when this call is spared."""
    incident = records.read(world.database, "incident", "platform")
    if not incident or incident["until"] <= world.clock.now() or not world.chance.happens(incident["rate"]):
        return None
    code = world.chance.random.choice(incident["codes"])
    return {"kind": "incident", **({"status": code} if 500 <= code < 600 else {"code": code})}


def media_host_is_down(world: World) -> bool:
    return float(records.read(world.database, "incident", "media").get("until", 0)) > world.clock.now()


INCIDENTS: dict[str, Callable[[World, Row, Row], Row]] = {
    "token_revoked": _token("revoked"), "token_expired": _token("expired"),
    "permission_removed": _token("no_permission"), "token_restored": _token("valid"),
    "secret_rotated": _secret_rotated, "app_unsubscribed": _unsubscribed,
    "number_deleted": _number(deleted=True), "number_deregistered": _number(registered=False),
    "number_quality": _quality, "throughput_upgrade": _upgrade, "restriction": _restriction, "violation": _violation,
    "disabled_update": _disabled, "locked": _account(locked=True), "unlocked": _account(locked=False),
    "policy_blocked": _account(policy_blocked=True), "policy_unblocked": _account(policy_blocked=False),
    "payment_failed": _account(payment_method=False), "payment_recovered": _account(payment_method=True),
    "name_decided": _name, "countries_blocked": _countries, "template_misuse": _misuse,
    "verification_lost": _unverified, "platform": _platform, "media_host_down": _media_down,
}  # fmt: skip


def befall(world: World, number: Row, kind: str, detail: Row) -> Row:
    """Let an incident happen to a number, or to its account. Returns what changed. Raises BadRequest."""
    if kind not in INCIDENTS:
        raise BadRequest(f"kind must be one of {', '.join(INCIDENTS)}.", field="kind")
    with world.database.transaction():
        changed = INCIDENTS[kind](world, number, detail)
        world.tell({"type": "numbers"})
        world.database.after_commit(world.wake)
    return changed


def run_timer(world: World, kind: str, subject: str) -> None:
    """A planned end: the upgrade of a number is done, a scheduled ban begins."""
    if kind == "number":
        number = numbers.find(world.database, subject)
        if number is not None:
            mps = limits()["throughput"]["high_mps"]
            world.database.update("number", "phone_number_id", subject, {"throughput_mps": mps})
            _about_number(world, number, "THROUGHPUT_UPGRADE")
        return
    own = numbers.of_waba(world.database, subject)
    if own:
        set_ban(world, own[0], "DISABLE", world.clock.now())
