"""Pages run their own scripts only, and nothing puts text into them as markup."""

import ast
import re
from collections.abc import Iterator
from typing import Any

from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from tests.conftest import Cast
from tests.contracts.committed import ROOT, committed_files

# Text that becomes markup as it stands; each place with its reason.
RAW = {
    "security/templates/kefu_drill/mail_text.html": "a letter in plain text: nothing in it is markup",
    "security/templates/kefu_mail/letter.txt": "a letter in plain text: nothing in it is markup",
}
# Markup that is put together of a fixed frame and escaped parts. Its frame must be a literal (below).
_FRAMED = {"format_html", "format_html_join"}
_UNESCAPED = {"mark_safe", "SafeString", "SafeText", "html_safe"}
_IN_TEMPLATES = re.compile(r"\|\s*safe\b|\|\s*safeseq\b|autoescape\s+off")
_IN_SCRIPTS = re.compile(
    r"dangerouslySetInnerHTML|\.(?:inner|outer)HTML\s*=|insertAdjacentHTML|document\.write|\beval\(|new Function\b"
    r"|createContextualFragment|srcdoc|setHTMLUnsafe|DOMParser"
)
_SCRIPT = re.compile(r"<script\b([^>]*)>", re.IGNORECASE)


def _files(*endings: str) -> Iterator[tuple[str, str]]:
    for name in committed_files():
        if name.endswith(endings) and not name.startswith("tests/") and ".test." not in name:
            yield name, (ROOT / name).read_text(encoding="utf-8")


def _called(node: ast.Call) -> str:
    return node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")


def _raw_in_python(text: str) -> list[str]:
    found = []
    for node in ast.walk(ast.parse(text)):
        if not isinstance(node, ast.Call):
            continue
        name = _called(node)
        frames = node.args[: 2 if name == "format_html_join" else 1]
        if name in _UNESCAPED or (name in _FRAMED and not all(isinstance(one, ast.Constant) for one in frames)):
            found.append(f"line {node.lineno}: {name}")
    return found


def test_no_text_becomes_markup_as_it_stands():
    found = {name: raw for name, text in _files(".py") if (raw := _raw_in_python(text))}
    found |= {name: raw for name, text in _files(".html", ".txt") if (raw := _IN_TEMPLATES.findall(text))}
    found |= {name: raw for name, text in _files(".ts", ".tsx", ".js") if (raw := _IN_SCRIPTS.findall(text))}
    assert set(found) == set(RAW), found


def test_the_search_finds_what_it_looks_for():
    assert _raw_in_python("mark_safe(name)") and _raw_in_python("utils.SafeString(x)")
    assert _raw_in_python("format_html(f'<b>{name}</b>')") and not _raw_in_python("format_html('<b>{}</b>', name)")
    assert _IN_TEMPLATES.search("{{ name | safe }}") and not _IN_TEMPLATES.search("{{ safe_name }}")
    assert _IN_SCRIPTS.search("box.innerHTML = text") and not _IN_SCRIPTS.search("box.innerHTML.length")


_FILLED = {"IntConverter": "1", "UUIDConverter": "01890000-0000-7000-8000-000000000000"}


def _paths(patterns: list[Any], before: str = "/") -> Iterator[str]:
    """Every address that Django answers, with something in each hole."""
    for one in patterns:
        own = str(one.pattern)
        for name, converter in one.pattern.converters.items():
            own = re.sub(rf"<(?:\w+:)?{name}>", _FILLED.get(type(converter).__name__, "x"), own)
        if isinstance(one, URLResolver):
            yield from _paths(one.url_patterns, before + own)
        elif isinstance(one, URLPattern):
            yield before + ("inbox/all" if own.startswith("^") else own)


def test_every_page_says_which_scripts_may_run(cast: Cast):
    signed_in, out = cast.browser("ana"), Client(SERVER_NAME="localhost")
    wrong, pages = {}, 0
    for path in sorted(set(_paths(get_resolver().url_patterns))):
        for browser in (signed_in, out):
            if path == "/admin/logout/" or path.startswith("/api/v1/docs"):
                continue
            answer = browser.get(path)
            if "html" in answer.headers.get("Content-Type", ""):
                pages += 1
                if found := _lax(answer, path):
                    wrong[path] = found
    assert wrong == {}
    assert pages > 100


def _lax(answer: Any, path: str) -> list[str]:
    told = answer.headers.get("Content-Security-Policy", "")
    scripts = next((part for part in told.split(";") if part.strip().startswith("script-src ")), "")
    found = [word for word in ("'unsafe-inline'", "*", "http:", "https:", "data:") if f" {word}" in f"{scripts} "]
    if not scripts or "object-src 'none'" not in told or "base-uri 'none'" not in told:
        found.append(f"policy: {told}")
    if answer.streaming:
        return found
    nonce = re.search(r"'nonce-([^']+)'", scripts)
    for attributes in _SCRIPT.findall(answer.content.decode()):
        runs = "src=" not in attributes and "json" not in attributes
        if runs and (nonce is None or nonce.group(1) not in attributes):
            found.append(f"{path}: <script{attributes}> without the nonce")
    return found


def test_the_one_page_has_a_nonce_of_its_own():
    one, other = (Client(SERVER_NAME="localhost").get("/") for _ in range(2))
    nonces = [re.findall(r'nonce="([^"]+)"', answer.content.decode()) for answer in (one, other)]
    assert all(len(set(found)) == 1 for found in nonces) and nonces[0][0] != nonces[1][0]
    for found, answer in zip(nonces, (one, other), strict=True):
        assert f"'nonce-{found[0]}'" in answer["Content-Security-Policy"]
