"""What is compared with a secret takes as long whichever sign is wrong: by ``hmac.compare_digest``, or by looking up a
digest, which nobody can aim at."""

import ast
import hashlib
import hmac
from collections.abc import Iterator

import pytest

from inbox.whatsapp import signature
from tests.contracts.committed import ROOT, committed_files

_SECRET = ("secret", "signature", "token", "hmac", "digest", "password", "csrf", "otp")
# Compared with ``==``, and why nobody learns from how long it takes.
_HARMLESS = {
    "security/log/verifying.py": "the operator compares what the log says with a seal that is public",
    "security/selfcheck/checks/keys.py": "the operator's own files, never something that was sent",
    "inbox/actions/channels.py": "an admin's new secret with the old ones, to keep two of them",
    "inbox/actions/files.py": "the digest of a file that WhatsApp named, which whoever sends the file knows",
    "contacts/holdings.py": "digests of numbers among those of one contact",
}


def _compared(tree: ast.AST) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree):
        if not isinstance(node, ast.Compare) or not isinstance(node.ops[0], ast.Eq | ast.NotEq):
            continue
        sides = [node.left, *node.comparators]
        if any(isinstance(side, ast.Constant) for side in sides):
            continue  # with a word of the program
        names = {one.id if isinstance(one, ast.Name) else one.attr for side in sides for one in ast.walk(side)
                 if isinstance(one, ast.Name | ast.Attribute)}  # fmt: skip
        if any(word in name.lower() for name in names for word in _SECRET):
            yield node.lineno, ast.unparse(node)


def test_no_secret_is_compared_sign_by_sign():
    found: dict[str, str] = {}
    for name in committed_files():
        if name.endswith(".py") and not name.startswith(("tests/", "config/setup/", "inbox/simulator/", *_HARMLESS)):
            found |= {f"{name}:{line}": said for line, said in _compared(ast.parse((ROOT / name).read_text()))}
    assert found == {}


def test_the_check_sees_one():
    assert list(_compared(ast.parse("if given_token == channel.verify_token: pass")))
    assert not list(_compared(ast.parse("if hmac.compare_digest(token, own) and state == other: pass")))


@pytest.mark.parametrize("spoilt", [0, 1, 31, 62, 63, None])
def test_a_webhooks_digest_is_compared_whole(monkeypatch: pytest.MonkeyPatch, spoilt: int | None):
    """Wherever the first wrong sign is, and with whichever secret: each digest is compared in one call."""
    right = hmac.new(b"new", b"{}", hashlib.sha256).hexdigest()
    given = right if spoilt is None else right[:spoilt] + ("0" if right[spoilt] != "0" else "1") + right[spoilt + 1 :]
    compared: list[tuple[int, int]] = []
    real = hmac.compare_digest

    def noted(one: bytes, other: bytes) -> bool:
        compared.append((len(one), len(other)))
        return real(one, other)

    monkeypatch.setattr(hmac, "compare_digest", noted)
    assert signature.verify(b"{}", f"sha256={given}", ["new", "old"]) is (spoilt is None)
    assert compared == [(32, 32)] * 2
