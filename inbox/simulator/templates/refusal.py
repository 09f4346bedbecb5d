"""How templates are refused: by a seven-digit number, as subcode of code 100 or as the code itself (sources differ)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from inbox.simulator.errors import GraphError, row_of

if TYPE_CHECKING:
    from inbox.simulator.world import World


def refusal(world: World, number: int | None, why: str) -> GraphError:
    """The switch `template_error_position` chooses the position; without a number it is a plain 100."""
    if number is None:
        return GraphError(100, why, user_title="Invalid template", user_message=why)
    title = row_of(number).title
    if world.behaviour["template_error_position"] == "code":
        return GraphError(number, why, status=400, user_title=title, user_message=why)
    message = "(#100) Invalid parameter"
    return GraphError(100, why, subcode=number, message=message, user_title=title, user_message=why)
