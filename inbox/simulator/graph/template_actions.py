"""Parameters of buttons which open something: products, flows, catalogues (Meta: `action` parameters)."""

from __future__ import annotations

from typing import Any

from inbox.simulator.errors import GraphError
from inbox.simulator.odd import objects, rows
from inbox.simulator.tables import limits

Part = dict[str, Any]


def check_action(kind: str, answer: Part, index: int) -> None:
    """`kind` is the sub_type of the button. Raises GraphError 132012 or 132018."""
    action = answer.get("action")
    if kind == "mpm":
        _check_products(action if isinstance(action, dict) else {}, index)
    elif answer and not isinstance(action, dict):
        raise GraphError(132012, f"button {index}: an action is needed.")
    elif kind == "flow" and isinstance(action, dict) and action.get("flow_action_data", True) in ({}, None):
        raise GraphError(132012, f"button {index}: flow_action_data must not be empty.")


def _check_products(action: Part, index: int) -> None:
    """One to ten sections with thirty products in all; the title of a section has 24 characters."""
    rule, sections = limits()["templates"]["mpm"], action.get("sections")
    if not action.get("thumbnail_product_retailer_id") or not isinstance(sections, list) or not sections:
        raise GraphError(132012, f"button {index}: thumbnail_product_retailer_id and sections are needed.")
    items = [item for section in objects(sections) for item in rows(section.get("product_items"))]
    titles = [str(section.get("title") or "") for section in objects(sections)]
    if len(sections) > rule["sections_max"] or not 1 <= len(items) <= rule["items_max"]:
        raise GraphError(132018, f"button {index}: 10 sections and 30 products at most.")
    if any(len(title) > rule["section_title_max"] for title in titles) or (len(sections) > 1 and not all(titles)):
        raise GraphError(132018, f"button {index}: each section has a title of at most 24 characters.")
