"""Giving out what waits at a number (PM-11): one at a time gives out, so that nobody gets more than they can take."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from uuid import UUID

from inbox.actions.assignments import Reason, give_to
from inbox.actions.notifications import notify_given
from inbox.assigning.choosing import Choice, choose
from inbox.assigning.policy import AssignmentPolicy
from inbox.assigning.rota import fit, on_duty, wishes
from inbox.models import AssignmentRule, AssignmentTurn, Conversation
from inbox.policies import scope_of, unlocked
from inbox.telling import LeftScopes, tell
from security.access import System
from security.scoping import ScopedQuerySet
from security.writing import Change, write

_BY = System("automatic assignment")
_WHY = "giving out what waits"


def give_waiting(*, channel_id: UUID) -> int:
    """Give out as much of a number's queue as those on duty can take, oldest first; returns how much."""
    given = 0
    while some := _give_some(channel_id):
        given += some
    return given


def waiting_at(channel_id: UUID) -> ScopedQuerySet[Conversation]:
    """The queue: whose customers wait and that nobody has. Resolved ones wait for nothing, snoozed ones for later, and
    locked ones are left as they are (PM-5)."""
    rows: ScopedQuerySet[Conversation] = Conversation.objects.for_system(_WHY)
    waiting = rows.filter(channel_id=channel_id, assignee=None, waiting_since__isnull=False, state="open")
    return waiting.filter(unlocked())


def _give_some(channel_id: UUID) -> int:
    rule = AssignmentRule.objects.filter(pk=channel_id).exclude(method="off").select_related("channel").first()
    if rule is None or not waiting_at(channel_id).exists() or not on_duty(rule.channel.region_id):
        return 0  # without the lock: most often there is nothing to do
    with write(by=_BY) as change:
        AssignmentTurn.objects.select_for_update().get_or_create(pk=1)
        rule.refresh_from_db()
        if rule.method == "off":
            return 0
        planned = list(_plan(rule))
        if not planned:
            return 0
        return _give(change, rule, planned)


def _plan(rule: AssignmentRule) -> Iterator[tuple[Conversation, Choice]]:
    """What would be given to whom, counting it as given. What nobody free can be given holds up nothing behind it."""
    policy = AssignmentPolicy.current()
    queue = waiting_at(rule.channel_id).select_related("contact").order_by("waiting_since", "pk")
    talks = list(queue[: policy.looked_at])
    workers, wanted, last, left = (
        on_duty(rule.channel.region_id),
        wishes(rule, talks),
        rule.last_given_to_id,
        policy.batch,
    )
    for talk in talks:
        if not left or all(worker.load >= worker.capacity for worker in workers):
            return
        choice = choose(rule.method, wanted[talk.pk], fit(talk, workers), last=last)
        if choice is None:
            continue
        yield talk, choice
        choice.worker.load += 1
        left -= 1
        if choice.method != "returning":
            last = choice.worker.id


def _give(change: Change, rule: AssignmentRule, planned: Sequence[tuple[Conversation, Choice]]) -> int:
    """Lock what was planned and give what still waits: somebody may have taken one meanwhile."""
    ids = [talk.pk for talk, _ in planned]
    rows = waiting_at(rule.channel_id).select_related("contact", "channel")
    locked = {row.pk: row for row in rows.filter(pk__in=ids).locked().order_by("pk")}
    left: dict[UUID, dict[str, object]] = {}
    news: dict[int, list[Conversation]] = defaultdict(list)
    given = [(locked[talk.pk], choice) for talk, choice in planned if talk.pk in locked]
    for talk, choice in given:
        left[talk.pk] = scope_of(talk)
        give_to(change, _BY, talk, choice.worker.id, Reason(choice.method, why=choice.why))
        news[choice.worker.id].append(talk)
    turns = [choice.worker.id for _, choice in given if choice.method != "returning"]
    if turns:
        AssignmentRule.objects.filter(pk=rule.pk).update(last_given_to=turns[-1])
    told: LeftScopes = left
    tell(change, conversations=[talk for talk, _ in given], left_scopes=told)
    notify_given(change, news)
    return len(given)
