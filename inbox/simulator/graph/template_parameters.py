"""Parameters of a template send: how many, of which kind, and what they make of the text (Meta)."""

from __future__ import annotations

import re
from typing import Any

from inbox.simulator.errors import GraphError
from inbox.simulator.graph.template_actions import check_action
from inbox.simulator.odd import obj
from inbox.simulator.tables import limits

_VARIABLE = re.compile(r"\{\{\s*(\w+)\s*\}\}")
_FORBIDDEN = re.compile(r"[\n\t]| {5,}")
_MEDIA = ("image", "video", "document", "gif")
Part = dict[str, Any]


def part_of(template: Part, kind: str) -> Part:
    return next((part for part in template["components"] if part.get("type", "").lower() == kind), {})


def rendered(template: Part, kind: str, given: list[Part]) -> str | None:
    """The text of a component with its values. Raises GraphError 132000, 132012 or 132018."""
    text = part_of(template, kind).get("text")
    parameters = _parameters(given)
    if not text:
        if parameters and kind == "body":
            raise GraphError(132000, "body: the template has no variables here.")
        return None
    wanted = list(dict.fromkeys(_VARIABLE.findall(text)))
    if len(parameters) != len(wanted):
        raise GraphError(
            132000, f"{kind}: number of parameters ({len(parameters)}) does not match the expected ({len(wanted)})."
        )
    values = {}
    for position, parameter in enumerate(parameters):
        if "parameter_name" not in parameter and not wanted[position].isdigit():
            raise GraphError(132012, f"{kind}: the parameters of this template need their parameter_name.")
        values[str(parameter.get("parameter_name", wanted[position]))] = _value(kind, parameter)
    missing = [name for name in wanted if name not in values]
    if missing:
        raise GraphError(132012, f"{kind}: no parameter for {', '.join(missing)}.")
    return _VARIABLE.sub(lambda match: values[match.group(1)], text)


def _parameters(given: list[Part]) -> list[Part]:
    parameters = (given[0].get("parameters") if given else None) or []
    if not isinstance(parameters, list) or not all(isinstance(parameter, dict) for parameter in parameters):
        raise GraphError(132012, "Parameters must be an array of objects.")
    return parameters


def _value(where: str, parameter: Part) -> str:
    kind = parameter.get("type", "text")
    if kind == "text":
        value = parameter.get("text")
    elif kind in ("currency", "date_time"):
        value = obj(parameter.get(kind)).get("fallback_value")
    else:
        raise GraphError(132012, f"{where}: a {kind} parameter does not fit a text.")
    if not isinstance(value, str) or not value:
        raise GraphError(132012, f"{where}: a parameter has no text.")
    if _FORBIDDEN.search(value):
        raise GraphError(132018, f"{where}: parameters may not hold new lines, tabs or more than four spaces in a row.")
    return value


def check_media(template: Part, given: list[Part]) -> Part | None:
    """The file or place of the header, which a template with such a header needs. Raises GraphError 132012."""
    format_ = str(part_of(template, "header").get("format", "TEXT")).lower()
    parameters = _parameters(given)
    if format_ in ("text", "product"):
        return None
    if len(parameters) != 1 or parameters[0].get("type") != format_:
        raise GraphError(132012, f"header: one parameter of the kind {format_} is needed.")
    found = parameters[0].get(format_)
    fits = isinstance(found, dict) and (
        found.get("id") or found.get("link") if format_ in _MEDIA else "latitude" in found and "longitude" in found
    )
    if not fits or not isinstance(found, dict):
        raise GraphError(132012, f"header: the {format_} is not complete.")
    return {"kind": format_, **found}


def check_buttons(template: Part, given: list[Part]) -> list[Part]:
    """{type, text, payload, url?}: what the phone page offers to tap. Raises GraphError 132000, 132012 or 132018."""
    buttons = part_of(template, "buttons").get("buttons", [])
    answers: dict[int, Part] = {}
    for part in given:
        index = _index(part, len(buttons))
        if index in answers:
            raise GraphError(132012, f"button {index} stands twice.")
        answers[index] = _answer(part, buttons[index], index)
    found = []
    for index, button in enumerate(buttons):
        if "{{" in str(button.get("url", "")) and index not in answers:
            raise GraphError(132000, f"button {index}: its url needs one parameter.")
        found.append(_shown(button, answers.get(index, {})))
    return found


def _index(part: Part, count: int) -> int:
    try:
        index = int(part.get("index", 0))
    except (TypeError, ValueError) as error:
        raise GraphError(132012, "button: index must be a number.") from error
    if not 0 <= index < count:
        raise GraphError(132012, f"button: there is no button {index}.")
    return index


def _answer(part: Part, button: Part, index: int) -> Part:
    """The parameter of one button; which kind it must be follows from the button."""
    expected = "url" if button["type"] == "OTP" else button["type"].lower()
    if str(part.get("sub_type", "")).lower() != expected:
        raise GraphError(132012, f"button {index} is a {expected} button.")
    parameters = _parameters([part])
    answer = parameters[0] if parameters else {}
    if expected == "url":
        if len(parameters) != ("{{" in str(button.get("url", ""))):
            raise GraphError(132000, f"button {index}: number of parameters does not match.")
        if parameters:
            _value(f"button {index}", answer)
    if expected in ("mpm", "flow", "catalog"):
        check_action(expected, answer, index)
    limit = limits()["templates"]["buttons"]["quick_reply_payload_max"]["value"]
    if expected == "quick_reply" and len(str(answer.get("payload") or "")) > limit:
        raise GraphError(132018, f"button {index}: payload has at most {limit} characters.")
    most = limits()["templates"]["buttons"]["copy_code_length_max"]["value"]
    if expected == "copy_code" and not 0 < len(str(answer.get("coupon_code") or "")) <= most:
        raise GraphError(132018, f"button {index}: coupon_code has 1 to {most} characters.")
    return answer


def _shown(button: Part, answer: Part) -> Part:
    text = str(button.get("text", ""))
    entry = {"type": button["type"].lower(), "text": text, "payload": answer.get("payload") or text}
    if entry["type"] == "flow":
        entry["flow_token"] = str((answer.get("action") or {}).get("flow_token") or "unused")
    if button.get("url"):
        entry["url"] = _VARIABLE.sub(lambda _: str(answer.get("text", "")), button["url"])
    return entry
