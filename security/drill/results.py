"""What came of a drill: numbers first, teams as far as nobody is pointed at by them."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass

from security.models import DrillMail, PhishingDrill, SelfcheckPolicy, TeamMembership


@dataclass(frozen=True)
class Counts:
    """Of whom the mail reached: how many opened the link, how many reported it."""

    people: int
    sent: int
    failed: int
    opened: int
    reported: int

    def share(self, count: int) -> int:
        """In per cent of those whom it reached."""
        return round(100 * count / self.sent) if self.sent else 0

    @property
    def opened_share(self) -> int:
        return self.share(self.opened)

    @property
    def reported_share(self) -> int:
        return self.share(self.reported)


def counts_of(drill: PhishingDrill) -> Counts:
    return _counted(list(drill.mails.all()))


def counts_by_team(drill: PhishingDrill) -> list[tuple[str, Counts]]:
    """By name; people of small teams, of none and of several together at the end (an empty name).

    Everybody is in one line, and no line is smaller than the policy says: neither a line nor what is left when some are
    taken from the whole is about fewer people. Where the rest would be, the smallest team joins it.
    """
    mails = {row.person_id: row for row in drill.mails.all()}
    floor = SelfcheckPolicy.current().drill_team
    shown = {team: people for team, people in _own_teams(mails).items() if len(people) >= floor}
    rest = set(mails) - {pk for people in shown.values() for pk in people}
    while rest and len(rest) < floor and shown:
        rest |= shown.pop(min(shown, key=lambda team: (len(shown[team]), team)))
    found = [(name, _counted([mails[pk] for pk in shown[name, team_id]])) for name, team_id in sorted(shown)]
    return [*found, ("", _counted([mails[pk] for pk in rest]))] if len(rest) >= floor else found


def _own_teams(people: Collection[int]) -> dict[tuple[str, int], set[int]]:
    """Who is in one team only, by its name and id: in two, the difference of the two would point at them."""
    places: dict[int, list[tuple[str, int]]] = {}
    rows = TeamMembership.objects.filter(user_id__in=people).values_list("user_id", "team__name", "team_id")
    for pk, name, team_id in rows:
        places.setdefault(pk, []).append((name, team_id))
    teams: dict[tuple[str, int], set[int]] = {}
    for pk, theirs in places.items():
        if len(theirs) == 1:
            teams.setdefault(theirs[0], set()).add(pk)
    return teams


def _counted(mails: list[DrillMail]) -> Counts:
    told: Counter[str] = Counter()
    for row in mails:
        told["sent"] += row.sent_at is not None
        told["failed"] += bool(row.failed)
        told["opened"] += row.opened_at is not None
        told["reported"] += row.reported_at is not None
    return Counts(len(mails), told["sent"], told["failed"], told["opened"], told["reported"])
