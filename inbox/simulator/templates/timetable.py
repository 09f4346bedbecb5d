"""What a template's timers do when they are due."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from inbox.simulator.templates import categories, facts, lifecycle, pacing, quality, review

if TYPE_CHECKING:
    from inbox.simulator.world import World


def run(world: World, template_id: str, detail: dict[str, Any]) -> None:
    """`detail.do`: review, unpause, pacing, recategorise (with category) or remove. A deleted template is past it."""
    template = facts.find(world, template_id)
    if template is None:
        return
    match detail["do"]:
        case "review":
            review.decide(world, template)
        case "unpause":
            quality.unpause(world, template)
        case "pacing":
            pacing.decide(world, template)
        case "recategorise":
            categories.change(world, template, detail["category"])
        case "remove":
            lifecycle.remove(world, template)
