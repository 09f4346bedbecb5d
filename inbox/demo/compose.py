"""From a plan to the episodes of one conversation: which scenarios, answered by whom, and when."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

from inbox.demo.episodes import play
from inbox.demo.facts import gather_facts
from inbox.demo.lines import Line
from inbox.demo.material import material
from inbox.demo.plan import Plan
from inbox.demo.script import Scenario, scenarios

_OPENING_HOURS = range(9, 21)
_PAUSE_BETWEEN = timedelta(minutes=30)
_LONGEST_EPISODE = timedelta(hours=34)
_SAME_AGENT = 0.7
_USUAL_LENGTH = 6.7
_OWN_TRADE = 0.8
_BEYOND_WINDOW_SECONDS = 24 * 3600 + 900


@dataclass
class Episode:
    """Lines in order, all with their time once ``compose`` is done; ``agent`` is the first part of an address and
    ``ends`` about when the last line was said."""

    lines: list[Line]
    agent: str
    ends: datetime


def compose(plan: Plan, rng: Random) -> list[Episode]:
    """The episodes of one conversation, about ``plan.size`` messages in all, ending as planned."""
    agents = material("shop")["shares"][plan.customer.region]
    episodes: list[Episode] = []
    used: set[str] = set()
    for moment in _moments(plan, max(1, round(plan.size / _USUAL_LENGTH)), rng):
        same = bool(episodes) and rng.random() < _SAME_AGENT
        agent = episodes[-1].agent if same else _pick(agents, rng)
        scenario = _choose(plan, used, first=not episodes, rng=rng)
        facts = gather_facts(plan.customer, agent=agent.capitalize(), at=moment, rng=rng)
        episodes.append(Episode(play(scenario, plan.customer, facts, rng), agent, moment))
    _finish(episodes, plan, rng)
    _place(episodes, plan)
    return episodes


def _moments(plan: Plan, count: int, rng: Random) -> list[datetime]:
    """About when each episode ends, in order: the last one as planned, the others before it in opening hours."""
    zone = ZoneInfo(_zone(plan.customer.region))
    earliest = min(plan.begins_after + _LONGEST_EPISODE, plan.ended_at)
    span = (plan.ended_at - earliest).total_seconds()
    moments = [plan.ended_at]
    for _ in range(count - 1):
        moment = (earliest + timedelta(seconds=span * rng.random())).astimezone(zone)
        moments.append(moment.replace(hour=rng.choice(_OPENING_HOURS), minute=rng.randrange(60)).astimezone(UTC))
    return sorted(min(moment, plan.ended_at) for moment in moments)


def _choose(plan: Plan, used: set[str], *, first: bool, rng: Random) -> Scenario:
    """Not twice in one conversation while there are others. The team can only go on with one that exists."""
    line = plan.channel["line"] if rng.random() < _OWN_TRADE else "care"
    customer = plan.customer
    fitting = [s for s in scenarios() if s.fits(language=customer.language, line=line, region=customer.region)]
    if first or plan.ending in ("unassigned", "waiting"):
        fitting = [s for s in fitting if s.starts == "customer"]
    fresh = [s for s in fitting if s.name not in used]
    if not fresh:
        used.clear()
        fresh = fitting
    chosen = rng.choices(fresh, weights=[s.weight for s in fresh])[0]
    used.add(chosen.name)
    return chosen


def _pick(shares: Mapping[str, int], rng: Random) -> str:
    return rng.choices(list(shares), weights=list(shares.values()))[0]


def _finish(episodes: list[Episode], plan: Plan, rng: Random) -> None:
    """Cut the last episode where the plan says the conversation stands now."""
    lines = episodes[-1].lines
    if plan.ending == "unassigned":
        answered = next((i for i, line in enumerate(lines) if line.side == "out" and not line.automatic), len(lines))
        del lines[answered:]
    elif plan.ending == "waiting":
        first = next((i for i, line in enumerate(lines) if line.side == "out" and not line.automatic), len(lines))
        _keep_to(lines, [end for end in _ends_of_runs(lines, "in") if end > first], rng)
    elif plan.ending in ("answered", "failed", "unconfirmed"):
        _keep_to(lines, _ends_of_runs(lines, "out"), rng)
    if plan.ending == "failed":
        _fail(lines, rng)
    elif plan.ending == "unconfirmed":
        lines[-1].unconfirmed = lines[-1].side == "out"
    for line in lines:  # a reaction to something cut away went with it; a quote must not dangle either
        if line.quotes is not None and line.quotes not in lines:
            line.quotes = None


def _keep_to(lines: list[Line], ends: list[int], rng: Random) -> None:
    if ends:
        del lines[rng.choice(ends) + 1 :]


def _ends_of_runs(lines: list[Line], side: str) -> list[int]:
    """Where one side has spoken and the other has not yet answered."""
    last = len(lines) - 1
    return [i for i, line in enumerate(lines) if line.side == side and (i == last or lines[i + 1].side != side)]


def _fail(lines: list[Line], rng: Random) -> None:
    """Our last answer did not arrive: mostly because it came after the window had closed (Meta: 131047)."""
    line = lines[-1]
    if line.side != "out" or line.kind != "text":
        return
    line.failure = rng.choice(("131047", "131047", "window_closed", "131026"))
    if line.failure != "131026":
        asked = max((one.offset for one in lines if one.side == "in"), default=0.0)
        line.offset = max(line.offset, asked + _BEYOND_WINDOW_SECONDS + rng.uniform(0, 3000))


def _place(episodes: list[Episode], plan: Plan) -> None:
    """Give every line its moment, last episode first: none may overlap the next."""
    latest = plan.ended_at
    for episode in reversed(episodes):
        ends = min(latest, episode.ends)
        begins = ends - timedelta(seconds=episode.lines[-1].offset)
        for line in episode.lines:
            line.at = begins + timedelta(seconds=line.offset)
        latest = begins - _PAUSE_BETWEEN


def _zone(region: str) -> str:
    return next(one["time_zone"] for one in material("shop")["regions"] if one["code"] == region)
