"""A WhatsApp Flow: a form inside the chat (Meta: flows)."""

from typing import Any

from inbox.whatsapp.kinds.part import Part, some
from inbox.whatsapp.limits import FLOW, ID_MAX

Content = dict[str, Any]


def check(part: Part) -> Content:
    """``{flow: {id | name, label, token?, screen?, data?, draft?}}``.

    Meta's answer does not tell which flow it answers: ``token`` comes back in it, and the caller sees to one. Without
    a ``screen`` the flow's own server says where it begins.
    """
    flow = part.child("flow")
    named = flow.maybe("id", ID_MAX), flow.maybe("name", FLOW["name"])
    if bool(named[0]) == bool(named[1]):
        raise flow.unfit("missing" if not any(named) else "not_here", "id")
    data = flow.value.get("data")
    if data is not None and (not isinstance(data, dict) or not data or not flow.value.get("screen")):
        raise flow.unfit("invalid", "data")  # Meta: an empty object is refused, and data belongs to a screen
    return {
        "flow": some(
            id=named[0],
            name=named[1],
            label=flow.text("label", FLOW["label"]),
            token=flow.maybe("token", FLOW["token"]),
            screen=flow.maybe("screen", FLOW["name"]),
            data=data,
            draft=flow.flag("draft"),
        )
    }


def action(content: Content) -> Content:
    flow = content["flow"]
    screen = {"screen": flow["screen"], **some(data=flow.get("data"))} if flow.get("screen") else None
    return {
        "name": "flow",
        "parameters": {
            "flow_message_version": FLOW["version"],
            "flow_token": flow.get("token", "unused"),
            "flow_cta": flow["label"],
            "mode": "draft" if flow.get("draft") else "published",
            "flow_action": "navigate" if screen else "data_exchange",
            **some(flow_id=flow.get("id"), flow_name=flow.get("name"), flow_action_payload=screen),
        },
    }
