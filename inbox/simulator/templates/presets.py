"""Texts WhatsApp itself writes into templates: codes, their buttons, samples read back (Meta)."""

from __future__ import annotations

import zlib
from typing import Any

from inbox.simulator.odd import obj
from inbox.simulator.tables import load_yaml

Part = dict[str, Any]


def words(language: str) -> dict[str, str]:
    """The preset texts of a language; English where the simulator has no others."""
    every = load_yaml("presets.yaml")
    return every.get(language) or every.get(language.split("_")[0]) or every["en"]


def filled(components: list[Part], language: str) -> list[Part]:
    """Components as they are kept: authentication texts written out, the one-time button as the link it becomes."""
    return [_filled(part, words(language)) for part in components]


def _filled(part: Part, preset: dict[str, str]) -> Part:
    if part["type"] == "BODY" and "text" not in part:
        advice = " " + preset["recommendation"] if part.get("add_security_recommendation") else ""
        return {**part, "text": preset["body"] + advice, "example": {"body_text": [["123456"]]}}
    if part["type"] == "FOOTER" and part.get("code_expiration_minutes"):
        return {**part, "text": preset["footer"].replace("{minutes}", str(part["code_expiration_minutes"]))}
    if part["type"] == "BUTTONS":
        return {**part, "buttons": [_button(button, preset) for button in part["buttons"]]}
    return part


def _button(button: Part, preset: dict[str, str]) -> Part:
    if button["type"] == "OTP":
        kind = button["otp_type"]
        url = f"https://www.whatsapp.com/otp/code/?otp_type={kind}&code=otp{{{{1}}}}"
        example = [url.replace("{{1}}", "123456")]
        return {"type": "URL", "text": button.get("text") or preset["button"], "url": url, "example": example}
    if button["type"] == "COPY_CODE":
        return {**button, "text": preset["copy"]}
    if button["type"] in ("CATALOG", "REQUEST_CONTACT_INFO", "ORDER_DETAILS"):
        return {**button, "text": button.get("text") or preset[button["type"].lower()]}
    return button


def shown(components: list[Part]) -> list[Part]:
    """As read back: a media sample is an address of Meta's network by then, never the handle (Meta)."""
    return [_shown(part) for part in components]


def _shown(part: Part) -> Part:
    handles = obj(part.get("example")).get("header_handle")
    if not handles:
        return part
    links = [f"https://scontent.whatsapp.net/v/{zlib.crc32(handle.encode())}/sample" for handle in handles]
    return {**part, "example": {**part["example"], "header_handle": links}}
