"""Reply buttons, a list to choose from, a button with a link (Meta: interactive messages)."""

from typing import Any

from inbox.whatsapp.kinds.part import Part, require_unique, some
from inbox.whatsapp.limits import BUTTONS, LINK, LIST

Content = dict[str, Any]


def check_buttons(part: Part) -> Content:
    """``{buttons: [{id, title}]}``; ids and titles are unique, an id left out is the button's place."""
    found = []
    for index, button in enumerate(part.children("buttons", 1, BUTTONS["most"])):
        named = button.maybe("id", BUTTONS["id"]) or f"button-{index + 1}"
        found.append({"id": named, "title": button.text("title", BUTTONS["title"])})
    for name in ("id", "title"):
        require_unique(part, "buttons", [button[name] for button in found])
    return {"buttons": found}


def buttons_action(content: Content) -> Content:
    return {"buttons": [{"type": "reply", "reply": button} for button in content["buttons"]]}


def check_list(part: Part) -> Content:
    """``{button, sections: [{title?, rows: [{id, title, description?}]}]}``; at most ten rows in all sections."""
    sections: list[Content] = []
    many = len(part.items("sections", 1, LIST["sections"])) > 1
    for section in part.children("sections", 1, LIST["sections"]):
        title = (section.text if many else section.maybe)("title", LIST["section_title"])
        before = sum(len(known["rows"]) for known in sections)
        rows = [_row(row, before + index) for index, row in enumerate(section.children("rows", 1, LIST["rows"]))]
        sections.append({**some(title=title), "rows": rows})
    rows = [row for section in sections for row in section["rows"]]
    if len(rows) > LIST["rows"]:
        raise part.unfit("too_many", "sections", LIST["rows"])
    require_unique(part, "sections", [row["id"] for row in rows])
    return {"button": part.text("button", LIST["button"]), "sections": sections}


def _row(row: Part, place: int) -> Content:
    return {
        "id": row.maybe("id", LIST["row_id"]) or f"row-{place + 1}",
        "title": row.text("title", LIST["row_title"]),
        **some(description=row.maybe("description", LIST["row_description"])),
    }


def list_action(content: Content) -> Content:
    return {"button": content["button"], "sections": content["sections"]}


def check_link(part: Part) -> Content:
    """``{label, url}``; pressing it tells us nothing."""
    return {"label": part.text("label", LINK["label"]), "url": part.link("url", LINK["url"])}


def link_action(content: Content) -> Content:
    return {"name": "cta_url", "parameters": {"display_text": content["label"], "url": content["url"]}}
