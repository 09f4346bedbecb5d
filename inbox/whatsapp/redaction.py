"""Meta's error texts may contain phone numbers and tokens: neither goes into a log or a row (Meta: traps)."""

import json
import re
from typing import Any

_SECRETS = re.compile(r"EAA\w+|Bearer\s+\S+|access_token=[^&\s]+|\+?\d{8,15}")


def redact(text: str, *, longest: int = 300) -> str:
    return _SECRETS.sub("…", text)[:longest]


# What may be read in a body shown to people: the words of the protocol, never those of a person. A card, a list or a
# button holds names of the same spelling, so a word counts only where the protocol has it.
_READABLE = frozenset(
    """
    object field event type status timestamp time messaging_product mime_type animated voice error_subcode
    billable pricing_model category decision reason href message_template_name message_template_language currency
    message_template_category previous_quality_score new_quality_score new_category previous_category correct_category
    alert_severity alert_status alert_type entity_type restriction_type expiration waba_ban_state waba_ban_date
    violation_type current_limit max_daily_conversations_per_business max_phone_numbers_per_waba requested_verified_name
    rejection_reason phase chunk_order progress action direction duration quantity origin forwarded frequently_forwarded
    previous_owner_role new_owner_role
    """.split()  # noqa: SIM905  (a list of this length is read as a paragraph)
)
_READABLE_BELOW = {"errors": ("code", "title"), "user_preferences": ("value",)}
_PLACES = frozenset(
    """
    entry changes value messages statuses errors error_data conversation origin pricing user_preferences context
    image audio video document sticker message_echoes history threads history_context state_sync metadata calls
    violation_info restriction_info ban_info alert_info rejection_info other_info disable_info disconnection_info
    """.split()  # noqa: SIM905
)
_IDS = frozenset(("id", "message_id", "phone_number_id", "message_template_id", "flow_id", "catalog_id", "entity_id"))
_AN_ID = re.compile(r"wamid\.\S+|\d+")
_TIMES = ("timestamp", "time", "expiration")  # ten digits, but nobody's number
_SHOWN_OF_AN_ID = 6
_LONGEST_BODY = 20_000


def redact_body(body: bytes) -> str:
    """A webhook body for people who look for a fault: its structure and protocol words; of ids the end, of everything
    people wrote or are called only how long it is."""
    try:
        document = json.loads(body.decode("utf-8", "replace"))
        return json.dumps(_covered((), document), ensure_ascii=False, indent=1)[:_LONGEST_BODY]
    except (ValueError, RecursionError):
        return f"… ({len(body)} bytes that are no JSON)"


def _covered(path: tuple[str, ...], value: Any) -> Any:
    if isinstance(value, dict):
        return {redact(str(key), longest=64): _covered((*path, str(key)), inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_covered(path, inner) for inner in value]
    if isinstance(value, bool) or value is None:
        return value
    *places, name = path or ("",)
    if _PLACES.issuperset(places):
        if name in _READABLE or name in _READABLE_BELOW.get(places[-1] if places else "", ()):
            return (
                redact(value) if isinstance(value, str) and name not in ("timestamp", "time", "expiration") else value
            )
        if name in _IDS and _AN_ID.fullmatch(str(value)):
            return "…" + str(value)[-_SHOWN_OF_AN_ID:]
    return f"… ({len(str(value))})"
