"""All rules of the platform over one run. A finding is something Meta would punish, or a customer would notice."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from inbox.simulator.errors import BadRequest
from inbox.simulator.judging import manners, pace, recipients
from inbox.simulator.judging.evidence import Evidence, Finding

if TYPE_CHECKING:
    from inbox.simulator.world import World

Rule = Callable[[Evidence], Iterator[Finding]]
RULES: dict[str, Rule] = {
    rule.__name__: rule
    for rule in (
        recipients.missing_plus, recipients.former_number, recipients.untold_phone, recipients.after_window,
        recipients.after_stop, recipients.capped_again, recipients.doubled, pace.rate, pace.retry_storm,
        pace.dead_token, pace.template_polling, manners.read_by_machine, manners.media_lost, manners.deprecated,
    )
}  # fmt: skip


def lint(world: World, *, rules: list[str] | None = None, since: float = 0.0,
         number: str | None = None) -> list[Finding]:  # fmt: skip
    """Findings in the order of time. `rules` limits to some. Raises BadRequest for a rule there is not."""
    evidence = Evidence(world, since=since, number=number)
    found: list[Finding] = []
    for name in rules or list(RULES):
        if name not in RULES:
            raise BadRequest(f"rules are {', '.join(RULES)}.", field="rules")
        found += RULES[name](evidence)
    return sorted(found, key=lambda finding: finding.at)
