"""What serves may import only what serving installs; the tests' packages hide such a slip on a developer's machine."""

import ast
import re
import sys
from importlib.metadata import packages_distributions

from tests.contracts.committed import ROOT, committed_files

_OURS = {"config", "contacts", "inbox", "payments", "reports", "security", "templates_mgr"}
_FOR_DEVELOPERS = "config/generated/"


def locked(lock: str) -> set[str]:
    names = re.findall(r"^([\w.-]+)(?:\[[\w,]+\])?==", (ROOT / lock).read_text(), re.MULTILINE)
    return {normal(name) for name in names}


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def imports(file: str) -> set[str]:
    """The top-level names that ``file`` imports at run time; imports for the type checker alone do not count."""
    found: set[str] = set()
    for node in executed(ast.parse((ROOT / file).read_text())):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            found.add(node.module.split(".")[0])
    return found


def executed(tree: ast.AST) -> list[ast.AST]:
    nodes: list[ast.AST] = []
    for child in ast.iter_child_nodes(tree):
        if isinstance(child, ast.If) and "TYPE_CHECKING" in ast.unparse(child.test):
            continue
        nodes += [child, *executed(child)]
    return nodes


def test_what_serves_imports_only_what_serving_installs():
    serving = {file for file in our_files() if not file.startswith(_FOR_DEVELOPERS)}
    assert imported_beyond(serving, "requirements.lock") == set()


def test_what_only_developers_run_imports_only_what_development_installs():
    assert imported_beyond(set(our_files()), "requirements-dev.lock") == set()


def our_files() -> list[str]:
    return [file for file in committed_files() if file.endswith(".py") and file.split("/")[0] in _OURS]


def imported_beyond(files: set[str], lock: str) -> set[tuple[str, str]]:
    """``(file, name)`` of each import that the packages of ``lock`` do not provide."""
    available, distributions = locked(lock), packages_distributions()
    return {
        (file, name)
        for file in files
        for name in imports(file) - sys.stdlib_module_names - _OURS
        if not {normal(found) for found in distributions.get(name, [])} & available
    }


def test_imports_for_the_type_checker_alone_do_not_count():
    tree = ast.parse("import a\nif TYPE_CHECKING:\n    import b\ndef f():\n    import c\n")
    assert [node.names[0].name for node in executed(tree) if isinstance(node, ast.Import)] == ["a", "c"]
