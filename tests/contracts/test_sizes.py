"""Files stop at 300 lines, functions at 40: past that, a subject of its own is hiding inside."""

import ast
import re
from pathlib import Path

import pytest

from tests.contracts.committed import ROOT, committed_files

_FILE_LINES = 300
_FUNCTION_LINES = 40
_HOOK_LINES = 60
_COMPONENT_LINES = 80
_OURS = {".py", ".ts", ".tsx", ".css", ".js"}
_GENERATED = re.compile(r"(/migrations/\d|^static/src/api/(schema\.d|events)\.ts$|\.generated\.)")
# Where a function of the client begins: at the top level, or as a method.
_TYPESCRIPT_FUNCTION = re.compile(
    r"^( {0,2})(export )?(default )?(async )?(function\b|const \w+(: [^=]+)? = (async )?(memo\()?(\(|function\b))"
)
_TEST_CASE = re.compile(r"\.test\.tsx?$")


def our_files(*suffixes: str) -> list[str]:
    return [name for name in committed_files() if Path(name).suffix in suffixes and not _GENERATED.search(name)]


@pytest.mark.parametrize("suffix", sorted(_OURS))
def test_no_file_is_longer_than_the_budget(suffix):
    lengths = {name: len((ROOT / name).read_text().splitlines()) for name in our_files(suffix)}
    assert {name: lines for name, lines in lengths.items() if lines > _FILE_LINES} == {}


def test_no_python_function_is_longer_than_the_budget():
    too_long = {}
    for name in our_files(".py"):
        for node in ast.walk(ast.parse((ROOT / name).read_text())):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                lines = (node.end_lineno or 0) - node.lineno + 1
                if lines > _FUNCTION_LINES:
                    too_long[f"{name}:{node.lineno} {node.name}"] = lines
    assert too_long == {}


def test_no_function_of_the_client_is_longer_than_the_budget():
    too_long = {}
    for name in our_files(".ts", ".tsx"):
        if _TEST_CASE.search(name):
            continue
        text = (ROOT / name).read_text()
        for line, length in typescript_functions(text):
            if length > client_budget(name, text.splitlines()[line - 1]):
                too_long[f"{name}:{line}"] = length
    assert too_long == {}


def client_budget(name: str, first_line: str) -> int:
    """A component's markup is layout, not logic; a hook is a handful of small functions over one state."""
    if name.endswith(".tsx"):
        return _COMPONENT_LINES
    return _HOOK_LINES if re.search(r"\b(function|const) use[A-Z]", first_line) else _FUNCTION_LINES


def typescript_functions(text: str) -> list[tuple[int, int]]:
    """``(first line, number of lines)`` of each top-level function; biome's layout makes indentation reliable."""
    lines = text.splitlines()
    found = []
    for index, line in enumerate(lines):
        begin = _TYPESCRIPT_FUNCTION.match(line)
        if begin is None or begin.group(1):
            continue
        end = next((i for i in range(index + 1, len(lines)) if lines[i].startswith(("}", ")"))), index)
        # `function f({` … `}: Props) {` closes its parameters at the margin first.
        while end < len(lines) and re.match(r"^[})].*\{$", lines[end]):
            end = next((i for i in range(end + 1, len(lines)) if lines[i].startswith(("}", ")"))), len(lines) - 1)
        found.append((index + 1, end - index + 1))
    return found


def test_the_measure_of_the_client_sees_parameters_and_bodies():
    text = "export function Row({\n  a,\n}: Props) {\n  return a;\n}\n\nconst one = (x: number) => {\n  return x;\n};\n"
    assert typescript_functions(text) == [(1, 5), (7, 3)]
