"""Account-type webhook fields into ``wire_account`` values. Never raises on odd content: what is not understood becomes
``Other`` and keeps its raw value."""

import hashlib
import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from inbox.whatsapp import wire_account as wire
from inbox.whatsapp.odd import dicts, moment, number, sub, text
from inbox.whatsapp.redaction import redact

Json = dict[str, Any]
_LONGEST_KEPT = 20_000
_TEMPLATE_FIELDS = {
    "message_template_status_update",
    "message_template_quality_update",
    "message_template_components_update",
    "template_category_update",
    "template_correct_category_detection",
}


def account_change(name: str, value: Any, entry: Json, received_at: datetime) -> wire.AccountChange:
    """One change whose field is not about messages."""
    value = value if isinstance(value, dict) else {}
    reader = _READERS.get(name) or _by_keys(value)
    told = moment(entry.get("time"), received_at)
    number_meant = text(value.get("display_phone_number")) or text(sub(value, "metadata").get("display_phone_number"))
    return wire.AccountChange(
        field=name[:64],
        waba_id=text(entry.get("id"))[:32],
        phone="".join(sign for sign in number_meant if sign.isdigit())[:20],
        key=_key(name, value, entry.get("time")),
        at=told,
        news=reader(value) if reader else wire.Other(),
        raw=value if len(str(value)) <= _LONGEST_KEPT else {"too_long": len(str(value))},
    )


def platform_errors(value: Json, waba_id: str, phone: str, received_at: datetime) -> list[wire.AccountChange]:
    """``value.errors[]`` beside messages and statuses. They have neither id nor time: one of a kind counts per hour."""
    found = []
    for error in dicts(value.get("errors")):
        code = text(error.get("code"))[:40]
        details = text(sub(error, "error_data").get("details")) or text(error.get("message"))
        news = wire.PlatformError(code, text(error.get("title"))[:200], redact(details))
        key = _key("errors", {"code": code, "phone": phone}, received_at.strftime("%Y-%m-%dT%H"))
        found.append(wire.AccountChange("errors", waba_id, phone, key, received_at, news))
    return found


def _key(name: str, value: Json, time: Any) -> str:
    """Template events: template, event and time; everything else: field, value and time (Meta: idempotency keys)."""
    what: Any = value
    if name in _TEMPLATE_FIELDS and value.get("message_template_id"):
        told = [
            value.get(key) for key in ("event", "new_quality_score", "new_category", "correct_category", "category")
        ]
        what = [text(value.get("message_template_id")), told]
    spelled = json.dumps([name, what, time], sort_keys=True, ensure_ascii=True, default=str)
    return hashlib.sha256(spelled.encode()).hexdigest()


def _template(value: Json) -> dict[str, str]:
    """Meta's documents write ``en-US``, its webhooks ``en_US``."""
    return {
        "template_id": text(value.get("message_template_id"))[:32],
        "name": text(value.get("message_template_name"))[:512],
        "language": text(value.get("message_template_language")).replace("-", "_")[:16],
    }


def _template_status(value: Json) -> wire.TemplateStatus:
    other, rejection = sub(value, "other_info"), sub(value, "rejection_info")
    return wire.TemplateStatus(
        event=_word(value.get("event")),
        category=_word(value.get("message_template_category")),
        reason=_word(rejection.get("reason") or value.get("reason"), longest=200),
        title=text(other.get("title"))[:200],
        details=text(other.get("description"))[:500],
        advice=text(rejection.get("recommendation"))[:500],
        disabled_on=text(sub(value, "disable_info").get("disable_date"))[:64],
        **_template(value),
    )


def _template_quality(value: Json) -> wire.TemplateQuality:
    before, after = value.get("previous_quality_score"), value.get("new_quality_score")
    return wire.TemplateQuality(before=_word(before), after=_word(after), **_template(value))


def _template_components(value: Json) -> wire.TemplateComponents:
    return wire.TemplateComponents(
        header=text(value.get("message_template_title"))[:100],
        body=text(value.get("message_template_element"))[:2000],
        footer=text(value.get("message_template_footer"))[:100],
        **_template(value),
    )


def _template_category(value: Json) -> wire.TemplateCategory:
    """A notice names the category to come and the present one; the change itself the one before and the new one."""
    changes_at = value.get("category_update_timestamp")
    return wire.TemplateCategory(
        before=_word(value.get("previous_category")),
        after=_word(value.get("new_category") or value.get("category")),
        coming=_word(value.get("correct_category")),
        changes_at=_later(changes_at),
        **_template(value),
    )


def _number_quality(value: Json) -> wire.NumberQuality:
    limit = value.get("max_daily_conversations_per_business") or value.get("current_limit")
    return wire.NumberQuality(_word(value.get("event")), _word(limit))


def _number_name(value: Json) -> wire.NumberName:
    name, reason = value.get("requested_verified_name"), value.get("rejection_reason")
    return wire.NumberName(_word(value.get("decision")), text(name)[:255], _word(reason, longest=64))


def _account_update(value: Json) -> wire.AccountUpdate:
    ban, gone = sub(value, "ban_info"), sub(value, "disconnection_info")
    restrictions = tuple(
        wire.Restriction(_word(one.get("restriction_type"), longest=80), _later(one.get("expiration")))
        for one in dicts(value.get("restriction_info"))
    )
    known = ("event", "display_phone_number", "phone_number")
    return wire.AccountUpdate(
        event=_word(value.get("event"), longest=64),
        violation=_word(sub(value, "violation_info").get("violation_type"), longest=64),
        restrictions=restrictions,
        ban=_word(ban.get("waba_ban_state")),
        ban_date=text(ban.get("waba_ban_date"))[:64],
        reason=text(gone.get("reason"))[:200],
        details={key: inner for key, inner in value.items() if key not in known},
    )


def _account_alert(value: Json) -> wire.AccountAlert:
    info = sub(value, "alert_info") or value
    return wire.AccountAlert(
        kind=_word(info.get("alert_type"), longest=64),
        severity=_word(info.get("alert_severity")),
        status=_word(info.get("alert_status")),
        entity=_word(value.get("entity_type")),
        entity_id=text(value.get("entity_id"))[:32],
        words=redact(text(info.get("alert_description"))),
    )


def _capability(value: Json) -> wire.Capability:
    """The names changed with the versions of the Graph API; an older −1 meant unlimited."""
    limit = value.get("max_daily_conversations_per_business", value.get("max_daily_conversation_per_phone"))
    numbers = value.get("max_phone_numbers_per_waba", value.get("max_phone_numbers_per_business"))
    spelled = _word(limit)
    return wire.Capability("TIER_UNLIMITED" if spelled == "-1" else spelled, _word(numbers))


def _flow(value: Json) -> wire.FlowNotice:
    flow, before, after = value.get("flow_id"), value.get("old_status"), value.get("new_status")
    words = redact(text(value.get("message")))
    return wire.FlowNotice(_word(value.get("event"), longest=64), text(flow)[:32], _word(before), _word(after), words)


def _handover(value: Json) -> wire.Handover:
    before, after = value.get("previous_owner_role"), value.get("new_owner_role")
    return wire.Handover(_word(value.get("type")), _word(before), _word(after))


def _payment(value: Json) -> wire.PaymentConfiguration:
    name, provider = text(value.get("configuration_name"))[:64], _word(value.get("provider_name"))
    return wire.PaymentConfiguration(name, provider, _word(value.get("status")))


def _username(value: Json) -> wire.UsernameNotice:
    return wire.UsernameNotice(
        text(value.get("username"))[:64], _word(value.get("status")), _word(value.get("context"), longest=64)
    )


def _by_keys(value: Json) -> Callable[[Json], wire.News] | None:
    """Meta's own sample labels the quality of a template wrongly: its keys tell what it is."""
    return _template_quality if "new_quality_score" in value else None


def _later(raw: Any) -> datetime | None:
    """A moment that may lie in the future: Unix seconds or milliseconds, as number or text."""
    seconds = number(raw)
    if seconds > 10**11:
        seconds //= 1000
    return datetime.fromtimestamp(seconds, UTC) if 0 < seconds < 4_102_444_800 else None


def _word(value: Any, *, longest: int = 32) -> str:
    return text(value)[:longest]


_READERS: dict[str, Callable[[Json], wire.News]] = {
    "message_template_status_update": _template_status,
    "message_template_quality_update": _template_quality,
    "message_template_components_update": _template_components,
    "template_category_update": _template_category,
    "template_correct_category_detection": _template_category,
    "phone_number_quality_update": _number_quality,
    "phone_number_name_update": _number_name,
    "account_update": _account_update,
    "account_alerts": _account_alert,
    "account_review_update": lambda value: wire.AccountReview(_word(value.get("decision"))),
    "business_capability_update": _capability,
    "security": lambda value: wire.SecurityNotice(_word(value.get("event")), text(value.get("requester"))[:64]),
    "payment_configuration_update": _payment,
    "flows": _flow,
    "messaging_handovers": _handover,
    "business_username_updates": _username,
}
