"""The account's templates as a number may use them now."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from inbox.whatsapp.odd import dicts, number, sub

_WORDS = ("HEADER", "BODY", "FOOTER")
_FIXED_BUTTONS = ("QUICK_REPLY", "PHONE_NUMBER", "URL", "VOICE_CALL")


@dataclass(frozen=True)
class Template:
    """One language of a message template; ``components`` are Meta's own (header, body, footer, buttons, …). ``fixed``:
    it may be sent as it is, without any value."""

    name: str
    language: str
    category: str
    status: str
    parameter_format: str
    components: list[dict[str, Any]]
    fixed: bool = False

    def part(self, kind: str) -> dict[str, Any]:
        """The component of a kind (HEADER, BODY, FOOTER, BUTTONS); empty where there is none."""
        return next((one for one in self.components if _text(one.get("type")).upper() == kind), {})

    def shown(self) -> dict[str, Any]:
        """A fixed one as the content of a message."""
        buttons = [_text(one.get("text")) for one in dicts(self.part("BUTTONS").get("buttons"))]
        words = {"header": _text(self.part("HEADER").get("text")), "footer": _text(self.part("FOOTER").get("text"))}
        text = _text(self.part("BODY").get("text")) or self.name
        return {"name": self.name, "language": self.language, "text": text, "buttons": buttons, **words}


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
    components = list(dicts(row.get("components")))
    category = _text(row.get("category")).upper()[:32]
    return Template(
        name=_text(row.get("name"))[:512],
        language=_text(row.get("language"))[:16],
        category=category,
        status=_text(row.get("status")).upper()[:32],
        parameter_format=_text(row.get("parameter_format")).upper() or "POSITIONAL",
        components=components,
        fixed=category != "AUTHENTICATION" and all(_is_fixed(part) for part in components),
    )


def _is_fixed(part: dict[str, Any]) -> bool:
    """Whether a component is complete without a value of ours; of a kind that is not known here nobody can say."""
    kind, shape = _text(part.get("type")).upper(), _text(part.get("format")).upper()
    if kind == "BUTTONS":
        return all(
            _text(button.get("type")).upper() in _FIXED_BUTTONS and "{{" not in _text(button.get("url"))
            for button in dicts(part.get("buttons"))
        )
    return kind in _WORDS and shape in ("", "TEXT") and "{{" not in _text(part.get("text"))


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""
