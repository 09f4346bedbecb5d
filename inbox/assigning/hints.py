"""Telling the workers that somebody may be free for what waits. Rows are the truth: the sweeper looks too."""

from inbox.models import Channel
from security.writing import Change


def is_on(channel: Channel) -> bool:
    """Whether a number's queue is given out by itself. Costs nothing when the rule was loaded with the channel."""
    rule = getattr(channel, "assignment_rule", None)
    return rule is not None and rule.method != "off"


def dispatch_soon(change: Change, channel: Channel) -> None:
    """After the commit, if what waits there is given out by itself."""
    from inbox.tasks import assign_waiting  # tasks import actions

    if is_on(channel):
        change.enqueue(assign_waiting, str(channel.pk))
