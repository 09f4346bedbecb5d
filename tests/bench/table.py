"""The table as a person reads it."""

import math
from collections.abc import Mapping
from typing import Any

_MARKS = {True: "met", False: "SHORT", None: ""}


def heading(machine: Mapping[str, Any]) -> str:
    facts = f"{machine['cores']} cores, {machine['memory_gb']} GB, {machine['system']}, Python {machine['python']}"
    columns = f"{'measure':<52} {'value':>12} {'reference':>12} {'ratio':>7}  {'aim':<18} "
    return f"Kefu {machine['version']} on {facts}\n\n{columns}\n{'-' * len(columns)}"


def lines_of(result: Mapping[str, Any]) -> list[str]:
    """A row's lines: its title, then one per figure."""
    lines = [f"{result['row']}  {result['what']}  [{result['profile']}, {result['seconds']} s]"]
    if result["error"]:
        lines.append(f"   failed: {result['error']}")
    for one in result["measures"]:
        reference = "" if one["reference"] is None else figure(one["reference"])
        ratio = "" if one["ratio"] is None else f"{one['ratio']:.2f}"
        name = f"{one['name']}, {one['unit']}"
        lines.append(f"   {name:<49} {figure(one['value']):>12} {reference:>12} {ratio:>7}  {_aim(one):<18}")
        for note in filter(None, (one["reference_name"] and f"reference: {one['reference_name']}", one["note"])):
            lines.append(f"      {note}")
    return lines


def figure(value: float) -> str:
    if math.isnan(value):
        return "none"
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"


def _aim(one: Mapping[str, Any]) -> str:
    sign = "≥" if one["better"] == "higher" else "≤"
    words = []
    if one["aim"] is not None:
        words.append(f"{sign} {figure(one['aim'])}")
    if one["aim_ratio"] is not None:
        words.append(f"{sign} {one['aim_ratio']:g}×")
    return " ".join([*words, _MARKS[one["met"]]])
