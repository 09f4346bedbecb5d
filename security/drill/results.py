"""What came of a drill: numbers first, teams as far as nobody is pointed at by them."""

from collections import Counter
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
    """By name; people of teams smaller than the policy says, and of none, together at the end (an empty name)."""
    mails = {row.person_id: row for row in drill.mails.all()}
    teams: dict[str, set[int]] = {}
    rows = TeamMembership.objects.filter(user_id__in=mails).values_list("team__name", "team_id", "user_id")
    for name, team_id, user_id in rows:
        teams.setdefault(f"{name}\x00{team_id}", set()).add(user_id)
    floor = SelfcheckPolicy.current().drill_team
    shown = {name: people for name, people in teams.items() if len(people) >= floor}
    rest = set(mails) - {pk for people in shown.values() for pk in people}
    found = [(name.partition("\x00")[0], _counted([mails[pk] for pk in people])) for name, people in shown.items()]
    found.sort(key=lambda pair: pair[0])
    # A rest of one or two would point at them just as a small team does.
    return [*found, ("", _counted([mails[pk] for pk in rest]))] if len(rest) >= floor else found


def _counted(mails: list[DrillMail]) -> Counts:
    told: Counter[str] = Counter()
    for row in mails:
        told["sent"] += row.sent_at is not None
        told["failed"] += bool(row.failed)
        told["opened"] += row.opened_at is not None
        told["reported"] += row.reported_at is not None
    return Counts(len(mails), told["sent"], told["failed"], told["opened"], told["reported"])
