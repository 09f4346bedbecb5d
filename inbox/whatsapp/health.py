"""How WhatsApp judges a number: the answer of ``GET /{phone_number_id}`` or of a provider's own health call."""

from dataclasses import dataclass, field
from typing import Any

from inbox.whatsapp.redaction import redact

_LONGEST_WORDS = 300
_MOST_PROBLEMS = 20


@dataclass(frozen=True)
class Problem:
    """Why a part of the account cannot send: ``entity`` as Meta calls it (PHONE_NUMBER, WABA, BUSINESS, APP …)."""

    entity: str
    code: str
    words: str
    solution: str


@dataclass(frozen=True)
class NumberHealth:
    """Words are Meta's own; empty where it said nothing. ``can_send``: AVAILABLE, LIMITED or BLOCKED."""

    can_send: str = ""
    quality: str = ""
    throughput: str = ""
    limit: str = ""
    verified_name: str = ""
    name_status: str = ""
    number_status: str = ""
    problems: tuple[Problem, ...] = field(default=())


def read_health(answer: dict[str, Any]) -> NumberHealth:
    """Meta answers the number with ``health_status`` inside, 360dialog the same object by itself."""
    status = _dict(answer.get("health_status")) or answer
    return NumberHealth(
        can_send=_word(status.get("can_send_message")),
        quality=_word(answer.get("quality_rating")),
        throughput=_word(_dict(answer.get("throughput")).get("level")),
        limit=_word(answer.get("whatsapp_business_manager_messaging_limit")),
        verified_name=_word(answer.get("verified_name"), longest=255),
        name_status=_word(answer.get("name_status"), longest=32),
        number_status=_word(answer.get("status"), longest=32),
        problems=tuple(_problems(status))[:_MOST_PROBLEMS],
    )


def _problems(status: dict[str, Any]) -> list[Problem]:
    found = []
    for entity in _dicts(status.get("entities")):
        kind = _word(entity.get("entity_type"), longest=32)
        for error in _dicts(entity.get("errors")):
            words, solution = error.get("error_description"), error.get("possible_solution")
            code = _word(error.get("error_code"))
            found.append(Problem(kind, code, _sentence(words), _sentence(solution)))
        told = entity.get("additional_info")
        found += [Problem(kind, "", _sentence(one), "") for one in (told if isinstance(told, list) else []) if one]
    return found


def _sentence(value: Any) -> str:
    return redact(value, longest=_LONGEST_WORDS) if isinstance(value, str) else ""


def _word(value: Any, *, longest: int = 24) -> str:
    return str(value)[:longest] if isinstance(value, str | int) and not isinstance(value, bool) else ""


def _dict(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _dicts(value: Any) -> list[dict[str, Any]]:
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []
