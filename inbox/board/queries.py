"""One snapshot of the board with a bounded number of statements, each of which an index answers
(``tests/inbox/board/test_plans.py``). What changes afterwards comes over the stream."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, Min, OuterRef, Subquery
from django.utils import timezone

from inbox.assigning.rota import capacity_of
from inbox.board.figures import MOST_COUNTED, figures
from inbox.board.shapes import BoardPersonShape, BoardShape, BoardTeamShape, ListShape
from inbox.models import Channel, Conversation, HeldReply, Message, RiskCase, Snooze
from inbox.shaping import conversation_shapes
from security.access import Access, accesses_of
from security.models import Team, User, WorkProfile
from security.policies import colleagues_of
from security.scoping import ScopedQuerySet

_WHY = "how much colleagues have"
_SHOWN = 60
_SOON = timedelta(hours=1)


def board(*, access: Access, region_id: int | None = None, channel_id: UUID | None = None) -> BoardShape:
    """Of the reader's regions, of one of them, or of one channel."""
    regions = access.region_ids if region_id is None else access.region_ids & {region_id}
    channels = Channel.objects.visible_to(access).filter(region_id__in=regions)
    if channel_id is not None:
        channels = channels.filter(pk=channel_id)
    ids = list(channels.values_list("pk", flat=True))
    lists = _Lists(access, ids)
    return BoardShape(
        at=timezone.now(),
        queue=lists.queue(),
        at_risk=lists.at_risk(),
        broken=lists.broken(),
        risky=lists.risky(),
        waking=lists.waking(),
        conversations=lists.shapes(),
        people=_people(access, regions),
        teams=_teams(regions),
        figures=figures(access=access, channel_ids=ids),
    )


class _Lists:
    """The lists of conversations, each conversation read and shaped once."""

    def __init__(self, access: Access, channel_ids: Sequence[UUID]) -> None:
        self.access, self.channel_ids = access, channel_ids
        self._ids: dict[UUID, None] = {}

    def rows(self) -> ScopedQuerySet[Conversation]:
        rows: ScopedQuerySet[Conversation] = Conversation.objects.visible_to(self.access)
        return rows.filter(channel_id__in=self.channel_ids)

    def queue(self) -> ListShape:
        waiting = self.rows().filter(assignee=None, waiting_since__isnull=False, state="open")
        return self._list(waiting, "waiting_since")

    def at_risk(self) -> ListShape:
        return self._list(self._due().filter(risk_at__lte=timezone.now()), "due_at")

    def broken(self) -> int:
        return self._due().filter(due_at__lte=timezone.now()).order_by()[:MOST_COUNTED].count()

    def risky(self) -> ListShape:
        """The most severe first, of those what was raised first."""
        running = RiskCase.objects.visible_to(self.access).filter(
            closed_at=None, conversation__channel_id__in=self.channel_ids
        )
        found = running.order_by("-severity", "raised_at").values_list("conversation_id", flat=True)[:MOST_COUNTED]
        return self._shown(list(found))

    def waking(self) -> ListShape:
        """What comes back within the hour."""
        soon = Snooze.objects.visible_to(self.access).filter(
            ended_at=None, wake_at__lte=timezone.now() + _SOON, conversation__channel_id__in=self.channel_ids
        )
        return self._shown(list(soon.order_by("wake_at").values_list("conversation_id", flat=True)[:MOST_COUNTED]))

    def shapes(self) -> list[Any]:
        rows = Conversation.objects.visible_to(self.access).filter(pk__in=list(self._ids))
        return list(
            conversation_shapes(list(rows.select_related("contact").prefetch_related("channel")), reader=self.access)
        )

    def _due(self) -> ScopedQuerySet[Conversation]:
        due = self.rows().filter(region_id__in=self.access.region_ids, state="open", due_at__isnull=False)
        return due

    def _list(self, rows: ScopedQuerySet[Conversation], by: str) -> ListShape:
        found = list(rows.order_by(by, "pk").values_list("pk", flat=True)[:MOST_COUNTED])
        return self._shown(found)

    def _shown(self, found: list[UUID]) -> ListShape:
        shown = found[:_SHOWN]
        self._ids |= dict.fromkeys(shown)
        return ListShape(ids=[str(pk) for pk in shown], count=len(found))


def _people(access: Access, regions: Collection[int]) -> list[BoardPersonShape]:
    """Colleagues of these regions who may answer, with what they have wherever it is: their capacity is one."""
    found = {person.pk: person for person in colleagues_of(access).filter(memberships__region_id__in=regions)}
    theirs = {pk: one for pk, one in accesses_of(list(found.values())).items() if one.can("inbox.reply_conversation")}
    works = WorkProfile.objects.in_bulk(list(theirs))
    loads, replied, teams, held = _loads(theirs), _last_replies(theirs), _teams_of(theirs), _held(theirs)
    return [
        BoardPersonShape(
            id=pk,
            name=found[pk].name,
            level=one.level,
            trainee=one.trainee,
            availability=found[pk].availability,
            is_here=hasattr(found[pk], "presence") and found[pk].presence.is_here,
            away_since=found[pk].away_since,
            region_ids=sorted(one.region_ids & access.region_ids),
            team_ids=teams[pk],
            load=loads[pk][0],
            capacity=capacity_of(one, works.get(pk)),
            waiting=loads[pk][1],
            waiting_since=loads[pk][2],
            last_reply_at=replied.get(pk),
            held=held.get(pk, 0),
        )
        for pk, one in theirs.items()
    ]


def _loads(ids: Collection[int]) -> dict[int, tuple[int, int, datetime | None]]:
    theirs = Conversation.objects.for_system(_WHY).filter(state="open", assignee_id__in=list(ids))
    counted = (
        theirs.order_by().values_list("assignee_id").annotate(Count("pk"), Count("waiting_since"), Min("waiting_since"))
    )
    found: dict[int, tuple[int, int, datetime | None]] = defaultdict(lambda: (0, 0, None))
    return found | {pk: (load, waiting, since) for pk, load, waiting, since in counted}


def _last_replies(ids: Collection[int]) -> dict[int, datetime]:
    """One look into the index for each of them."""
    latest = Message.objects.for_system(_WHY).filter(author_id=OuterRef("pk"), author__isnull=False).order_by("-at")
    people = User.objects.filter(pk__in=list(ids)).annotate(said=Subquery(latest.values("at")[:1]))
    return {pk: said for pk, said in people.values_list("pk", "said") if said is not None}


def _held(ids: Collection[int]) -> dict[int, int]:
    """How many of their replies wait for a mentor (PM-4)."""
    waiting = HeldReply.objects.for_system(_WHY).filter(trainee_id__in=list(ids), state="waiting")
    return dict(waiting.order_by().values_list("trainee_id").annotate(Count("pk")))


def _teams_of(ids: Collection[int]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = defaultdict(list)
    rows = Team.objects.filter(memberships__user_id__in=list(ids)).values_list("memberships__user_id", "pk")
    for user_id, team_id in rows.order_by("pk"):
        found[user_id].append(team_id)
    return found


def _teams(regions: Collection[int]) -> list[BoardTeamShape]:
    teams = list(Team.objects.filter(region_id__in=regions))
    rows = Conversation.objects.for_system(_WHY).filter(
        team_id__in=[team.pk for team in teams], state="open", assignee=None
    )
    waiting = dict(rows.order_by().values_list("team_id").annotate(Count("pk")))
    return [BoardTeamShape(team.pk, team.name, team.region_id, waiting.get(team.pk, 0)) for team in teams]
