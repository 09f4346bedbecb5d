"""Nobody makes Kefu ask an address inside its own house, however that address is spelled, reached or dressed up.

127.0.0.2 stands for the internet here, 127.0.0.1 for the house.
"""

import ast
from collections.abc import Iterator
from typing import Any

import pytest
import requests

from config.env import Environment
from inbox.actions.channels import add_channel
from inbox.whatsapp.client import GraphClient
from inbox.whatsapp.faults import Retry
from inbox.whatsapp.wire import Credentials
from security.errors import Invalid
from security.outgoing.addresses import may_reach
from security.outgoing.guarded import GuardedSession
from tests.attacks.servers import INSIDE, OUTSIDE, Server, resolving, serving
from tests.conftest import BY, Cast
from tests.contracts.committed import ROOT, committed_files

REFUSED = requests.RequestException


@pytest.fixture(autouse=True)
def _house(settings: Any) -> None:
    settings.KEFU_PRIVATE_NETWORKS = [f"{OUTSIDE}/32"]


@pytest.fixture
def inside() -> Iterator[Server]:
    with serving(INSIDE) as server:
        yield server


@pytest.fixture
def outside() -> Iterator[Server]:
    with serving(OUTSIDE) as server:
        yield server


def get(url: str, scheme: str = "http") -> requests.Response:
    return GuardedSession(scheme=scheme).get(url, timeout=5)


PRIVATE = """
    0.0.0.0 10.0.0.1 100.64.0.1 127.0.0.1 127.255.255.254 169.254.169.254 172.16.0.1 172.31.255.255 192.0.0.1 192.0.2.1
    192.168.0.1 198.18.0.1 224.0.0.1 240.0.0.1 255.255.255.255 :: ::1 ::127.0.0.1 ::10.0.0.1 ::ffff:127.0.0.1
    ::ffff:169.254.169.254 ::ffff:0:10.0.0.1 64:ff9b::127.0.0.1 64:ff9b::a9fe:a9fe 64:ff9b:1::127.0.0.1 2002:7f00:1::
    2002:a9fe:a9fe:: 2001:0:4136:e378:8000:63bf:3fff:fdd2 2001:db8::1 fc00::1 fd12:3456::1 fe80::1 fe80::1%eth0
    fec0::1 ff02::1 words 127.1 2130706433
""".split()  # noqa: SIM905  (a list of this length is read as a paragraph)
PUBLIC = """
    8.8.8.8 1.1.1.1 157.240.1.60 172.32.0.1 2606:4700:4700::1111 2a03:2880:f10c::1 ::ffff:8.8.8.8 64:ff9b::808:808
""".split()  # noqa: SIM905  (as above)


@pytest.mark.parametrize("address", PRIVATE)
def test_what_is_not_the_internet_is_refused(address: str):
    assert not may_reach(address)


@pytest.mark.parametrize("address", PUBLIC)
def test_the_internet_is_not(address: str):
    assert may_reach(address)


@pytest.mark.parametrize(
    ("production", "named", "expected"),
    [
        ("0", None, ["127.0.0.0/8", "::1/128"]),
        ("1", None, []),
        ("0", "", []),
        ("1", "10.1.0.9, fd00::/8", ["10.1.0.9/32", "fd00::/8"]),
    ],
)
def test_the_house_is_closed_unless_the_environment_opens_it(
    monkeypatch: pytest.MonkeyPatch, production: str, named: str | None, expected: list[str]
):
    monkeypatch.setenv("KEFU_PRODUCTION", production)
    if named is None:
        monkeypatch.delenv("KEFU_PRIVATE_NETWORKS", raising=False)
    else:
        monkeypatch.setenv("KEFU_PRIVATE_NETWORKS", named)
    assert Environment().private_networks == expected


def test_a_network_the_operator_names_is_let_through_however_it_is_written(settings: Any):
    settings.KEFU_PRIVATE_NETWORKS = ["10.1.0.0/16", "fd00::/8"]
    assert all(may_reach(one) for one in ("10.1.2.3", "::ffff:10.1.2.3", "64:ff9b::10.1.2.3", "fd12::1"))
    assert not any(may_reach(one) for one in ("10.2.0.1", "127.0.0.1", "::ffff:10.2.0.1", "fe80::1"))


@pytest.mark.parametrize(
    "spelled",
    [
        "127.0.0.1", "localhost", "LOCALHOST", "127.0.0.1.", "localhost.", "127.1", "127.0.1", "2130706433",
        "0x7f000001", "0x7f.1", "0177.0.0.1", "017700000001", "0.0.0.0", "0", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]",
        "[::]", "127.0.0.2@127.0.0.1", "127.0.0.2:80@127.0.0.1", "example.com@localhost", "127.0.0.1%00.example.com",
        "①②⑦.⓪.⓪.①", "ⓛocalhost",
    ],
)  # fmt: skip
def test_no_spelling_of_a_private_address_gets_in(inside: Server, spelled: str):
    with pytest.raises(REFUSED):
        get(f"http://{spelled}:{inside.port}/secret")
    assert inside.heard == []


def test_ipv6_of_the_house_neither():
    with serving("::1") as inside:
        for spelled in ("[::1]", "[0:0:0:0:0:0:0:1]", "[0000::0001]"):
            with pytest.raises(REFUSED):
                get(f"http://{spelled}:{inside.port}/")
        assert inside.heard == []


def test_the_same_session_does_reach_what_is_allowed(outside: Server):
    """Or all of the above would prove nothing."""
    assert get(f"{outside.url}/file").content == b"secret of the house" and outside.heard == ["/file"]


def test_a_name_that_leads_inside_the_second_time_is_looked_up_once(inside: Server, monkeypatch: pytest.MonkeyPatch):
    """DNS rebinding: between the check and the connection the name would change where it leads."""
    with serving(OUTSIDE, port=inside.port) as outside:
        asked = resolving(monkeypatch, "rebind.test", [OUTSIDE], [INSIDE])
        get(f"http://rebind.test:{inside.port}/first")
        assert (outside.heard, inside.heard, asked()) == (["/first"], [], 1)
        with pytest.raises(REFUSED):
            get(f"http://rebind.test:{inside.port}/second")
        assert inside.heard == [] and asked() == 2


@pytest.mark.parametrize("answers", [[OUTSIDE, INSIDE], [INSIDE, OUTSIDE], [OUTSIDE, "::1"]])
def test_a_name_that_leads_to_both_is_refused(inside: Server, monkeypatch: pytest.MonkeyPatch, answers: list[str]):
    resolving(monkeypatch, "both.test", answers)
    with pytest.raises(REFUSED, match=r"both\.test"):
        get(f"http://both.test:{inside.port}/")
    assert inside.heard == []


def test_what_is_named_first_and_not_there_is_passed_over(
    outside: Server, monkeypatch: pytest.MonkeyPatch, settings: Any
):
    settings.KEFU_PRIVATE_NETWORKS = [f"{OUTSIDE}/32", "127.0.0.3/32"]
    resolving(monkeypatch, "two.test", ["127.0.0.3", OUTSIDE])
    assert get(f"http://two.test:{outside.port}/").status_code == 200


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_does_not_lead_inside(outside: Server, inside: Server, status: int):
    for target in (inside.url, f"//{INSIDE}:{inside.port}/x", f"http://2130706433:{inside.port}/"):
        outside.answer = (status, {"Location": target}, b"")
        with pytest.raises(REFUSED):
            get(outside.url)
    assert len(outside.heard) == 3 and inside.heard == []


SCHEMES = ("file:///etc/passwd", "gopher://127.0.0.1:6379/_FLUSHALL", "ftp://127.0.0.1/", "dict://127.0.0.1:6379/info",
           "data:text/plain,x", "unix:///run/redis.sock", "jar:http://127.0.0.1!/")  # fmt: skip


@pytest.mark.parametrize("url", SCHEMES)
def test_no_other_scheme_is_spoken_asked_for_or_redirected_to(outside: Server, url: str):
    with pytest.raises(REFUSED):
        get(url)
    outside.answer = (302, {"Location": url}, b"")
    with pytest.raises(REFUSED):
        get(outside.url)


def test_what_began_over_tls_does_not_go_on_without(outside: Server):
    with pytest.raises(REFUSED):
        get(outside.url, scheme="https")
    assert outside.heard == []


def test_a_chain_of_redirects_has_an_end(outside: Server):
    outside.answer = (302, {"Location": "/again"}, b"")
    with pytest.raises(requests.TooManyRedirects):
        get(outside.url)
    assert len(outside.heard) <= 6


@pytest.mark.parametrize("proxy", ["http_proxy", "ALL_PROXY", "https_proxy"])
def test_a_proxy_of_the_environment_is_not_a_way_around(
    outside: Server, inside: Server, monkeypatch: pytest.MonkeyPatch, proxy: str
):
    monkeypatch.setenv(proxy, inside.url)
    get(outside.url)
    assert inside.heard == [] and outside.heard == ["/"]


def test_the_address_of_a_file_does_not_lead_inside(outside: Server, inside: Server):
    """As a provider's answer, or somebody who forges it, might have it."""
    client = GraphClient(Credentials(outside.url, "v26.0", "100000000000001", "SIMTOKEN-odd"))
    outside.answer = (200, {}, b'{"url": "%s/latest/meta-data"}' % inside.url.encode())
    url = client.media_url("123", timeout=5)
    with pytest.raises(Retry):
        b"".join(client.download(url, largest=100, timeout=5))
    outside.answer = (302, {"Location": url}, b"")
    for ask in (client.health, client.templates):
        with pytest.raises(Retry):
            ask(timeout=5)
    assert len(outside.heard) == 3 and inside.heard == []


@pytest.mark.parametrize(
    "address",
    ["", "graph.facebook.com", "//graph.facebook.com", "file:///etc/passwd", "ftp://x.test", "javascript:alert(1)",
     "https://", "https://user:pass@graph.facebook.com", "https://graph.facebook.com@evil.test", "https://x.test:0",
     "https://x.test:99999", "https://x.test/?a=", "https://x.test/#a", "https://x.test\\@evil.test", "https://x .test",
     "https://x.test\r\nHost: evil.test", "https://ｘ.test", "https://[::1"],
)  # fmt: skip
def test_an_address_that_is_not_plainly_one_connects_no_number(cast: Cast, address: str):
    with pytest.raises(Invalid) as refused:
        add_channel(by=BY, region=cast.asia, name="Shop", provider="meta", credentials={}, base_url=address,
                    phone="+15550100", phone_number_id="1", waba_id="2")  # fmt: skip
    assert refused.value.field == "base_url"


# Whoever opens connections of their own, and why that is not a way for others.
_OWN_WAY = {
    "inbox/simulator/webhooks/transport.py": "has a list of hosts of its own, on the developer's machine",
    "inbox/simulator/scenarios/remote.py": "a developer's command against their own simulator",
    "security/selfcheck/checks/answers.py": "asks KEFU_PUBLIC_URL, which the operator's environment names",
    "docs/examples/": "runs where it was copied to, against a Kefu",
    "config/setup/": "installs, before there is a Kefu",
    "security/outgoing/guarded.py": "the guarded session itself",
    "inbox/whatsapp/transport.py": "derives from the guarded session",
}
_CALLS = {"get", "post", "put", "patch", "delete", "head", "options", "request", "Session", "session"}
_MODULES = {"httpx", "aiohttp", "urllib.request", "http.client", "ftplib", "pycurl", "telnetlib"}


def _connecting(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import | ast.ImportFrom):
            names = [node.module or ""] if isinstance(node, ast.ImportFrom) else [one.name for one in node.names]
            yield from (name for name in names if name in _MODULES)
        elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and _goes_out(node):
            yield f"{node.value.id}.{node.attr}"


def _goes_out(node: ast.Attribute) -> bool:
    own = node.attr in _CALLS and isinstance(node.value, ast.Name) and node.value.id == "requests"
    return own or node.attr in ("urlopen", "create_connection")


def test_nothing_of_ours_goes_out_another_way():
    found = {}
    for name in committed_files():
        if not name.endswith(".py") or name.startswith("tests/"):
            continue
        ways = set(_connecting(ast.parse((ROOT / name).read_text()))) - {"requests.Session"}
        made = "requests.Session(" in (ROOT / name).read_text()
        if (ways or made) and not name.startswith(tuple(_OWN_WAY)):
            found[name] = sorted(ways)
    assert found == {}
