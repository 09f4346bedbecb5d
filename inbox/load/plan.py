"""Who talks with whom, how much and when: decided whole before the first row is written."""

from dataclasses import dataclass, field
from itertools import cycle
from math import log
from random import Random
from typing import Any

from inbox.demo.material import material
from inbox.load.repertoire import Piece, Repertoire
from inbox.load.rhythm import HOUR_US, Rhythm

LONGEST_THREAD = 10_000
_USUAL = 8.0
_SPREAD = 0.65
_TAIL = 0.03
_TAIL_STEEPNESS = 0.6
_LEAST_GAP_US = 90_000_000
_CHANNELS = {"tw": 45, "gifts": 10, "uk": 20, "eu": 7, "us": 18}
_COMES_BACK = 0.4  # of the writers of a trade number are known from the region's first number


@dataclass
class Thread:
    """One conversation to come. ``contact`` numbers the customer: some have two conversations."""

    number: int
    channel: str
    region: str
    language: str
    contact: int
    episodes: list["Planned"] = field(default_factory=list)


@dataclass
class Planned:
    """``keep`` lines of ``piece``, begun at ``at_us`` and squeezed into ``span_us``; ``resolves`` at its end."""

    thread: Thread
    piece: Piece
    keep: int
    at_us: int = 0
    span_us: int = 0
    resolves: bool = True
    last: bool = False


def plan_world(*, conversations: int, messages: int, repertoire: Repertoire, now_us: int, rng: Random) -> list[Planned]:
    """All episodes in order of time, with ``messages`` lines in all."""
    zones = {region["code"]: region["time_zone"] for region in material("shop")["regions"]}
    rhythms = {code: Rhythm(zone, now_us=now_us) for code, zone in zones.items()}
    threads = _threads(conversations, rng)
    for thread, size in zip(threads, _sizes(conversations, messages, rng), strict=True):
        _fill(thread, size, repertoire, rng)
        _time(thread, rhythms[thread.region], now_us, rng)
        _end(thread, now_us, rng)
    _make_exact(threads, messages, repertoire, rng)
    for thread in threads:
        _squeeze(thread, now_us)
    return sorted(
        (one for thread in threads for one in thread.episodes), key=lambda one: (one.at_us, one.thread.number)
    )


def _threads(count: int, rng: Random) -> list[Thread]:
    cards: dict[str, dict[str, Any]] = {card["key"]: card for card in material("shop")["channels"]}
    english = {region["code"]: region["english"] for region in material("shop")["regions"]}
    known: dict[str, list[Thread]] = {}
    threads: list[Thread] = []
    for number, key in enumerate(rng.choices(list(_CHANNELS), list(_CHANNELS.values()), k=count)):
        region, trade = cards[key]["region"], cards[key]["line"] == "trade"
        others = known.setdefault(region, [])
        if trade and others and rng.random() < _COMES_BACK:
            same = others.pop(int(rng.random() * len(others)))
            threads.append(Thread(number, key, region, same.language, same.contact))
            continue
        language = "en" if rng.random() < english[region] else "zh"
        threads.append(Thread(number, key, region, language, contact=number))
        if not trade:
            others.append(threads[-1])
    return threads


def _sizes(count: int, messages: int, rng: Random) -> list[int]:
    """Most threads are short; of the rest each is a little shorter than the one before it."""
    long = max(1, round(count * _TAIL))
    usual = min(_USUAL, 0.4 * messages / count)  # leaves the long ones about half of all
    short = [max(2, round(rng.lognormvariate(log(usual), _SPREAD))) for _ in range(count - long)]
    left = max(messages - sum(short), long * 3)
    weights = [1 / rank**_TAIL_STEEPNESS for rank in range(1, long + 1)]
    share = left / sum(weights)
    sizes = short + [min(LONGEST_THREAD, max(3, round(share * weight))) for weight in weights]
    rng.shuffle(sizes)
    return sizes


def _fill(thread: Thread, size: int, repertoire: Repertoire, rng: Random) -> None:
    """Whole episodes, about ``size`` lines in all."""
    left = size
    pick = repertoire.pick_opening
    while left > 0:
        piece = pick(thread.region, thread.language, rng)
        length, pick = len(piece.lines), repertoire.pick
        if thread.episodes and left < 0.45 * length:
            break
        thread.episodes.append(Planned(thread, piece, length))
        left -= length


def _time(thread: Thread, rhythm: Rhythm, now_us: int, rng: Random) -> None:
    """Moments in order, far enough from each other and from now that what is said fits between."""
    moments = sorted(rhythm.moment(rng) for _ in thread.episodes)
    for place in range(1, len(moments)):
        moments[place] = max(moments[place], moments[place - 1] + _LEAST_GAP_US)
    late = max(0, moments[-1] - (now_us - 2 * _LEAST_GAP_US))
    for episode, at_us in zip(thread.episodes, moments, strict=True):
        episode.at_us = at_us - late


def _end(thread: Thread, now_us: int, rng: Random) -> None:
    """How the conversation stands now: the fresher, the likelier somebody waits."""
    for episode in thread.episodes:
        episode.resolves = rng.random() < 0.9
    last, age_us = thread.episodes[-1], now_us - thread.episodes[-1].at_us
    last.last = True
    shares = (25, 30, 30, 15) if age_us < 22 * HOUR_US else (2, 4, 30, 64) if age_us < 216 * HOUR_US else (0, 0, 3, 97)
    ending = rng.choices(("unassigned", "waiting", "answered", "resolved"), shares)[0]
    last.resolves = ending == "resolved"
    if ending == "unassigned" and last.piece.first_answer:
        last.keep = min(last.keep, last.piece.first_answer)
        if len(thread.episodes) > 1:  # nobody has a conversation only when it is new, or was resolved before
            thread.episodes[-2].resolves = True
    ends = {"waiting": last.piece.runs_in[1:], "answered": last.piece.runs_out}.get(ending)
    if ends:
        last.keep = min(last.keep, rng.choice(ends))


def _make_exact(threads: list[Thread], messages: int, repertoire: Repertoire, rng: Random) -> None:
    """The long threads, but not the longest, take or give what is missing, an episode each in turn."""
    missing = messages - sum(one.keep for thread in threads for one in thread.episodes)
    by_length = sorted(threads, key=lambda thread: -len(thread.episodes))
    for thread in cycle(by_length[1 : 1 + max(1, round(len(threads) * _TAIL))] or by_length):
        if not missing:
            return
        if missing < 0:
            missing += _shorten(thread, -missing)
            continue
        piece = repertoire.pick_opening(thread.region, thread.language, rng)
        keep = min(missing, len(piece.lines))
        at_us = thread.episodes[0].at_us - _LEAST_GAP_US
        thread.episodes.insert(0, Planned(thread, piece, keep, at_us))
        missing -= keep


def _shorten(thread: Thread, most: int) -> int:
    """Takes the second episode away, or the end of the first; returns how many lines went."""
    first = thread.episodes[0]
    if len(thread.episodes) > 2 and thread.episodes[1].keep <= most:
        return thread.episodes.pop(1).keep
    gone = min(most, first.keep - 1)
    first.keep -= gone
    return gone


def _squeeze(thread: Thread, now_us: int) -> None:
    """An episode ends before the next begins, and before now."""
    nexts = [one.at_us for one in thread.episodes[1:]] + [now_us]
    for episode, following in zip(thread.episodes, nexts, strict=True):
        room = (following - episode.at_us) * 8 // 10
        episode.span_us = min(episode.piece.lines[episode.keep - 1].later_us, room)
