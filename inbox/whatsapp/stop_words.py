"""The quick replies of a template with which somebody stops marketing (Meta: an opt-out by button counts like any)."""

from collections.abc import Mapping
from typing import Any

# The whole label or payload, never a part of it; Meta's own button reads "Stop promotions".
_STOPS = frozenset({"stop", "stop promotions", "unsubscribe", "停止", "停止接收", "停止接收行銷訊息", "取消訂閱"})


def stops_marketing(kind: str, content: Mapping[str, Any]) -> bool:
    """Whether an inbound message is such a tap."""
    said = {str(content.get(name, "")).strip().casefold() for name in ("text", "payload")}
    return kind == "button" and not said.isdisjoint(_STOPS)
