"""No text makes a regular expression of ours run away: each is given what such expressions stumble over, twice as long
each time, and may take longer in proportion, not by the square or worse.

What is compared is the growth within one run, not seconds.
"""

import ast
import re
from functools import cache
from importlib import import_module
from itertools import pairwise
from time import perf_counter
from typing import Any

import pytest

from tests.contracts.committed import ROOT, committed_files

# Python's own reading of an expression: it has no public name.
_constants: Any = import_module("re._constants")
_parser: Any = import_module("re._parser")

# Developers' own text only, or an installer's: no customer, agent or stranger writes what these read.
_NOT_OURS_TO_FEAR = ("tests/", "config/setup/", "config/generated/", "inbox/demo/", "inbox/simulator/", "inbox/load/")
_CALLS = {"compile", "match", "search", "fullmatch", "sub", "split", "findall", "finditer"}
LENGTHS = (1_000, 2_000, 4_000)
_PATIENCE = 2.0  # seconds for one text: what takes longer is given up as having run away
# Twice the text: linear is 2, the square 4. Below a millisecond growth is noise.
_MOST_GROWTH, _NOISE = 3.2, 0.004


@cache
def expressions() -> dict[str, tuple[re.Pattern[Any], set[str]]]:
    """By file and line: the expression, and the ways it is asked there."""
    found = {}
    for name in committed_files():
        if not name.endswith(".py") or name.startswith(_NOT_OURS_TO_FEAR):
            continue
        source = (ROOT / name).read_text()
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.Call) and node.args and _is_regex_call(node.func):
                pattern = _literal(node.args[0], name)
                if pattern is not None:
                    found[f"{name}:{node.lineno}"] = pattern, _asked(source, node)
    return found


def _is_regex_call(func: ast.expr) -> bool:
    return (
        isinstance(func, ast.Attribute)
        and isinstance(func.value, ast.Name)
        and func.value.id == "re"
        and func.attr in _CALLS
    )


def _asked(source: str, node: ast.Call) -> set[str]:
    """``match`` and ``fullmatch`` begin at one place only; where it is not told here, it may be anything."""
    if not isinstance(node.func, ast.Attribute) or node.func.attr != "compile":
        return {getattr(node.func, "attr", "search")}
    line = source.splitlines()[node.lineno - 1]
    name = re.match(r"\s*(\w+)\s*=", line)
    ways = set(re.findall(rf"\b{name[1]}\.(\w+)", source)) & _CALLS if name else set()
    return ways or {"search", "fullmatch"}


def _literal(node: ast.expr, name: str) -> re.Pattern[Any] | None:
    """As written, or, where it is put together of names, as its module makes it."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str | bytes):
        return re.compile(node.value)
    if isinstance(node, ast.JoinedStr | ast.Name | ast.BinOp):
        module = __import__(name.removesuffix(".py").replace("/", "."), fromlist=["x"])
        try:
            return re.compile(eval(compile(ast.Expression(node), name, "eval"), vars(module)))
        except NameError:
            return None  # a name of its function
    return None


def _signs(parsed: Any) -> set[str]:
    """A few of the signs an expression speaks of: what makes it go on before it fails."""
    found: set[str] = set()
    for kind, value in parsed:
        if kind is _constants.LITERAL:
            found.add(chr(value))
        elif kind is _constants.IN:
            found |= _of_a_set(value)
        elif kind in (_constants.MAX_REPEAT, _constants.MIN_REPEAT, _constants.POSSESSIVE_REPEAT):
            found |= _signs(value[2])
        elif kind is _constants.SUBPATTERN:
            found |= _signs(value[-1])
        elif kind is _constants.BRANCH:
            found |= {sign for branch in value[1] for sign in _signs(branch)}
        elif kind in (_constants.ASSERT, _constants.ASSERT_NOT):
            found |= _signs(value[1])
    return found


_OF_CATEGORY = {"CATEGORY_DIGIT": "7", "CATEGORY_WORD": "w", "CATEGORY_SPACE": " "}


def _of_a_set(items: Any) -> set[str]:
    found = set()
    for kind, value in items:
        if kind is _constants.LITERAL:
            found.add(chr(value))
        elif kind is _constants.RANGE:
            found |= {chr(value[0]), chr(value[1])}
        elif kind is _constants.CATEGORY:
            found.add(_OF_CATEGORY.get(str(value), "!"))
    return found


def hostile(pattern: re.Pattern[Any]) -> list[str]:
    """What is repeated, up to two signs at a time, and ended with something that fits nowhere."""
    source = pattern.pattern if isinstance(pattern.pattern, str) else pattern.pattern.decode("latin-1")
    signs = [*sorted(_signs(_parser.parse(source)))[:12], "a", "7", " ", "\n", "-"]
    pairs = [one + other for one in signs[:8] for other in signs[:8] if one != other]
    return list(dict.fromkeys([*signs, *pairs]))


def taken(pattern: re.Pattern[Any], ways: set[str], seed: str, length: int) -> float:
    text: Any = (seed * (length // len(seed))) + "\x00"
    if isinstance(pattern.pattern, bytes):
        text = text.encode("latin-1", "replace")
    best = _PATIENCE
    for _ in range(3):
        begun = perf_counter()
        for way in ways & {"match", "fullmatch"}:
            getattr(pattern, way)(text)
        if ways - {"match", "fullmatch"}:
            for _found in pattern.finditer(text):
                pass
        best = min(best, perf_counter() - begun)
    return best


def test_there_are_expressions_to_try():
    found = expressions()
    assert len(found) > 30 and any(name.startswith("inbox/canned/variables.py") for name in found)


@pytest.mark.parametrize("name", sorted(expressions()))
def test_none_runs_away(name: str):
    pattern, ways = expressions()[name]
    away = {}
    for seed in hostile(pattern):
        times = [taken(pattern, ways, seed, length) for length in LENGTHS]
        grown = [later / earlier for earlier, later in pairwise(times) if later > _NOISE]
        if times[-1] >= _PATIENCE or (grown and min(grown) > _MOST_GROWTH):
            away[seed] = times
    assert away == {}, pattern.pattern


def test_one_that_does_run_away_is_seen():
    """Or the above would prove nothing."""
    times = [taken(re.compile("a*c"), {"search"}, "a", length) for length in (2_000, 4_000, 8_000)]
    assert max(later / earlier for earlier, later in pairwise(times)) > _MOST_GROWTH
