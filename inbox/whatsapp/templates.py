"""The account's templates as a number may use them now."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Template:
    """One language of a message template; ``components`` are Meta's own (header, body, footer, buttons, …)."""

    name: str
    language: str
    category: str
    status: str
    parameter_format: str
    components: list[dict[str, Any]]


def read_templates(answer: dict[str, Any]) -> list[Template]:
    """Meta lists under ``data``, 360dialog under ``waba_templates``."""
    rows = answer.get("data") if "data" in answer else answer.get("waba_templates")
    return [_template(row) for row in (rows if isinstance(rows, list) else []) if isinstance(row, dict)]


def _template(row: dict[str, Any]) -> Template:
    listed = row.get("components")
    return Template(
        name=_text(row.get("name"))[:512],
        language=_text(row.get("language"))[:16],
        category=_text(row.get("category")).upper()[:32],
        status=_text(row.get("status")).upper()[:32],
        parameter_format=_text(row.get("parameter_format")).upper() or "POSITIONAL",
        components=[part for part in (listed if isinstance(listed, list) else []) if isinstance(part, dict)],
    )


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""
