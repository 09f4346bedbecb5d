"""The account's templates as a number may use them now."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from inbox.whatsapp.odd import number, sub


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


def next_page(answer: dict[str, Any]) -> str:
    """What to add to the query for the next page, empty after the last: Meta goes on by cursor, 360dialog by how many
    were read."""
    rows = answer.get("waba_templates")
    if isinstance(rows, list):
        read = number(answer.get("offset")) + len(rows)
        return f"&offset={read}" if rows and read < number(answer.get("total")) else ""
    paging = sub(answer, "paging")
    return "&after=" + quote(str(sub(paging, "cursors").get("after", ""))) if paging.get("next") else ""


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
