"""Buttons of a template: how many of which kind, in which order, and what each holds (Meta)."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from inbox.simulator.tables import limits
from inbox.simulator.templates.refusal import refusal
from inbox.simulator.templates.variables import VARIABLE

if TYPE_CHECKING:
    from inbox.simulator.world import World

Button = dict[str, Any]
_ONCE = ("CATALOG", "MPM", "SPM", "VOICE_CALL", "REQUEST_CONTACT_INFO", "ORDER_DETAILS", "OTP", "APP")
# These carry a label of WhatsApp's own.
_UNLABELLED = ("COPY_CODE", "OTP", "CATALOG", "REQUEST_CONTACT_INFO", "ORDER_DETAILS")


def check_buttons(world: World, buttons: Any, *, most: int | None = None) -> None:
    """Raises GraphError for a broken rule; `most` narrows how many there may be (cards of a carousel)."""
    rule = limits()["templates"]["buttons"]
    if not isinstance(buttons, list) or not buttons or not all(isinstance(button, dict) for button in buttons):
        raise _refuse(world, "buttons must be an array and not empty")
    if len(buttons) > (most or rule["total_max"]):
        raise _refuse(world, f"at most {most or rule['total_max']} buttons")
    _check_counts(world, Counter(str(button.get("type")) for button in buttons), rule)
    _check_groups(world, [button["type"] == "QUICK_REPLY" for button in buttons])
    labels = [button["text"] for button in buttons if isinstance(button.get("text"), str)]
    if len(set(labels)) != len(labels):
        raise _refuse(world, "labels must differ")
    for button in buttons:
        _check_button(world, button, rule)


def _check_counts(world: World, counts: Counter[str], rule: dict[str, Any]) -> None:
    allowed = {
        "QUICK_REPLY": rule["quick_reply_max"], "URL": rule["url_max"], "PHONE_NUMBER": rule["phone_max"],
        "COPY_CODE": rule["copy_code_max"], "FLOW": rule["flow_max"], **dict.fromkeys(_ONCE, 1),
    }  # fmt: skip
    for kind, count in counts.items():
        if kind not in allowed:
            raise _refuse(world, f"there is no button {kind}")
        if count > allowed[kind]:
            raise _refuse(world, f"at most {allowed[kind]} of {kind}")
    if counts["FLOW"] and sum(counts.values()) > counts["FLOW"] + counts["QUICK_REPLY"]:
        raise _refuse(world, "a flow goes with quick replies only")


def _check_groups(world: World, quick: list[bool]) -> None:
    """One group of quick replies and one of the others, in either order."""
    changes = sum(one != other for one, other in pairwise(quick))
    if changes > 1:
        raise _refuse(world, "quick replies must stand together")


def _check_button(world: World, button: Button, rule: dict[str, Any]) -> None:
    kind, label = button["type"], button.get("text")
    if kind not in _UNLABELLED and (not isinstance(label, str) or not label.strip()):
        raise _refuse(world, f"{kind} needs a text")
    if isinstance(label, str) and len(label) > rule["text_max"]:
        raise _refuse(world, f"a label has at most {rule['text_max']} characters", 2388040)
    if isinstance(label, str) and "{{" in label:
        raise _refuse(world, "a label holds no variables")
    if kind in _CHECKS:
        _CHECKS[kind](world, button, rule)


def _url(world: World, button: Button, rule: dict[str, Any]) -> None:
    url = button.get("url")
    if not isinstance(url, str) or not url.startswith(("http://", "https://")) or len(url) > rule["url_length_max"]:
        raise _refuse(world, f"url must be an http address of at most {rule['url_length_max']} characters")
    variables = VARIABLE.findall(url)
    if variables and (variables != ["1"] or not url.endswith("}}")):
        raise _refuse(world, "a url may hold {{1}} once, at its end")
    if variables and not (button.get("example") and isinstance(button["example"], list | str)):
        raise _refuse(world, "a url with a variable needs an example")


def _phone(world: World, button: Button, rule: dict[str, Any]) -> None:
    number = str(button.get("phone_number") or "")
    if not number.lstrip("+").isdigit() or len(number) > rule["phone_length_max"]:
        raise _refuse(world, f"phone_number must be digits, at most {rule['phone_length_max']}")


def _copy_code(world: World, button: Button, rule: dict[str, Any]) -> None:
    example = button.get("example")
    code = example[0] if isinstance(example, list) and example else example
    # As a sample the longer of the two documented lengths is taken.
    if not isinstance(code, str) or not 0 < len(code) <= rule["copy_code_length_max"]["conflict"]:
        raise _refuse(world, "COPY_CODE needs an example code of at most 20 characters")


def _flow(world: World, button: Button, rule: dict[str, Any]) -> None:
    if sum(name in button for name in ("flow_id", "flow_name", "flow_json")) != 1:
        raise _refuse(world, "FLOW needs one of flow_id, flow_name and flow_json")
    if button.get("flow_action", "navigate") not in ("navigate", "data_exchange"):
        raise _refuse(world, "flow_action must be navigate or data_exchange")


def _otp(world: World, button: Button, rule: dict[str, Any]) -> None:
    own = limits()["templates"]["authentication"]
    if button.get("otp_type") not in ("COPY_CODE", "ONE_TAP", "ZERO_TAP"):
        raise _refuse(world, "otp_type must be COPY_CODE, ONE_TAP or ZERO_TAP")
    if len(str(button.get("autofill_text") or "")) > rule["text_max"]:
        raise _refuse(world, f"autofill_text has at most {rule['text_max']} characters", 2388040)
    if button["otp_type"] == "COPY_CODE":
        return
    apps = button.get("supported_apps") or [button]  # an older form names one app on the button itself
    if not isinstance(apps, list) or len(apps) > own["supported_apps_max"]:
        raise _refuse(world, f"at most {own['supported_apps_max']} supported_apps")
    for app in apps:
        name, digest = str(app.get("package_name") or ""), unquote(str(app.get("signature_hash") or ""))
        if not 0 < len(name) <= own["package_name_max"] or len(digest) != own["signature_hash_length"]:
            raise _refuse(world, "an app needs its package_name and a signature_hash of 11 characters")
    if button["otp_type"] == "ZERO_TAP" and button.get("zero_tap_terms_accepted") is not True:
        raise _refuse(world, "ZERO_TAP needs zero_tap_terms_accepted")


def _refuse(world: World, why: str, number: int | None = None) -> Exception:
    return refusal(world, number, f"BUTTONS: {why}.")


_CHECKS = {"URL": _url, "PHONE_NUMBER": _phone, "COPY_CODE": _copy_code, "FLOW": _flow, "OTP": _otp}
