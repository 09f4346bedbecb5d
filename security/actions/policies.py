"""Changing the policy settings."""

from collections.abc import Sequence

from security.access import Actor
from security.actions.reasons import because
from security.policy import Policy
from security.tiers.holding import require_calm
from security.writing import write


def change_policy(*, by: Actor, policy: Policy, changed: Sequence[str], reason: str = "") -> None:
    """Save a settings row and log before and after of each number. What limits rights changes with a reason."""
    require_calm(by)
    told = because(by, reason, needed=policy.grave)
    with write(by=by) as change:
        kind = type(policy)
        before = kind._default_manager.select_for_update().filter(pk=1).first() or kind()
        details = {name: [getattr(before, name), getattr(policy, name)] for name in changed}
        policy.save()
        change.record("policy.changed", policy, **details, **told)
    Policy.forget()


def lay_out_policies(*, by: Actor) -> None:
    """Give every app's settings their row, so that the admin finds the defaults there to change."""
    with write(by=by):
        for policy in Policy.__subclasses__():
            policy._default_manager.get_or_create(pk=1)
