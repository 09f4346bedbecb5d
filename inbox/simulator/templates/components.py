"""Header, body and footer of a template (Meta: limits and formatting rules)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from inbox.simulator.errors import GraphError
from inbox.simulator.odd import obj, rows
from inbox.simulator.tables import limits
from inbox.simulator.templates.refusal import refusal
from inbox.simulator.templates.variables import Text

if TYPE_CHECKING:
    from inbox.simulator.world import World

Part = dict[str, Any]
FORMATS = ("TEXT", "IMAGE", "VIDEO", "DOCUMENT", "GIF", "LOCATION", "PRODUCT")
_MARKUP = re.compile(r"[*_~`]\S[^*_~`]*[*_~`]|\n")
_HEADER, _BODY, _FOOTER, _LONG = 2388047, 2388072, 2388073, 2388040


def check_header(world: World, part: Part, *, named: bool) -> None:
    kind = part.get("format", "TEXT")
    if kind not in FORMATS:
        raise refusal(world, _HEADER, f"HEADER: format must be one of {', '.join(FORMATS)}.")
    if kind == "TEXT":
        _header_text(world, part, named=named)
    elif kind not in ("LOCATION", "PRODUCT"):
        handles = rows(obj(part.get("example")).get("header_handle"))
        if not handles or not all(isinstance(handle, str) and handle.startswith("4:") for handle in handles):
            raise refusal(world, _HEADER, f"HEADER: a sample handle of the {kind.lower()} is needed.")


def _header_text(world: World, part: Part, *, named: bool) -> None:
    rule = limits()["templates"]
    text = Text(world, "HEADER", _required(world, part, _HEADER), named, _HEADER)
    _check_length(world, "HEADER", text.text, rule["header_text_max"])
    if _MARKUP.search(re.sub(r"\{\{.*?\}\}", "", text.text)):
        raise text.refuse("no markup and no line breaks")
    if len(text.variables()) > rule["header_variables_max"]:
        raise text.refuse("one variable at most")
    text.check_samples(part.get("example"), "header_text")


def check_body(world: World, part: Part, *, named: bool, most: int) -> None:
    text = Text(world, "BODY", _required(world, part, _BODY), named, _BODY)
    _check_length(world, "BODY", text.text, most)
    if text.variables():
        text.check_places()
        text.check_samples(part.get("example"), "body_text")


def check_footer(world: World, part: Part) -> None:
    text = _required(world, part, _FOOTER)
    _check_length(world, "FOOTER", text, limits()["templates"]["footer_max"])
    if "{{" in text:
        raise refusal(world, _FOOTER, "FOOTER: no variables.")


def _required(world: World, part: Part, broken: int) -> str:
    text = part.get("text")
    if not isinstance(text, str) or not text.strip():
        raise refusal(world, broken, f"{part['type']}: text is required.")
    return text


def _check_length(world: World, name: str, text: str, most: int) -> None:
    if len(text) > most:
        raise refusal(world, _LONG, f"{name}: at most {most} characters, not {len(text)}.")


def normalised(given: Any) -> list[Part]:
    """Types and formats in capitals, as they are read back (Meta). Raises GraphError 100."""
    if not isinstance(given, list) or not given or not all(isinstance(part, dict) for part in given):
        raise GraphError(100, "Parameter components must be an array of objects.")
    return [_upper(part) for part in given]


def _upper(part: Part) -> Part:
    changed = {**part}
    for key in ("type", "format", "otp_type"):
        if isinstance(changed.get(key), str):
            changed[key] = changed[key].upper()
    for key in ("buttons", "components"):
        if isinstance(changed.get(key), list):
            changed[key] = [_upper(item) if isinstance(item, dict) else item for item in changed[key]]
    if isinstance(changed.get("cards"), list):
        changed["cards"] = [_upper(card) if isinstance(card, dict) else card for card in changed["cards"]]
    return changed
