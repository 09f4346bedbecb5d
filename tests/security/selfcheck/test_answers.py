"""What the public address really answers: Kefu itself, a proxy that spoils it, certificates of every kind."""

import ipaddress
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from security.models import SelfcheckPolicy
from security.policy import Policy
from security.selfcheck.base import Finding, checks
from tests.conftest import Cast
from tests.worlds.serving import Served


def looked(name: str, settings: Any, address: str) -> Finding:
    settings.KEFU_PUBLIC_URL = address
    return checks()[name]().look()


@contextmanager
def answering(**headers: str) -> Iterator[str]:
    """A server that sends these headers and a body that never ends."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            for name, value in headers.items():
                self.send_header(name.replace("_", "-"), value)
            self.end_headers()

        def log_message(self, *given: Any) -> None:
            """Nothing."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()


@contextmanager
def tls(folder: Path, *, days: int, name: str = "127.0.0.1") -> Iterator[tuple[str, Path]]:
    """A server whose certificate ends in ``days``; its address and the certificate."""
    file = certificate(folder, days, name)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    listening = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        while True:
            try:
                plain, _peer = listening.accept()
                with context.wrap_socket(plain, server_side=True) as secure:
                    secure.recv(1)
            except ssl.SSLError:
                continue  # whoever called did not like the certificate
            except OSError:
                return

    threading.Thread(target=serve, daemon=True).start()
    try:
        yield f"https://127.0.0.1:{listening.getsockname()[1]}", file
    finally:
        listening.close()


def certificate(folder: Path, days: int, name: str) -> Path:
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
    called = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    made = (
        x509.CertificateBuilder()
        .subject_name(called)
        .issuer_name(called)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=400))
        .not_valid_after(now + timedelta(days=days, hours=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address(name))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    file = folder / "certificate.pem"
    secret = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    file.write_bytes(secret + made.public_bytes(serialization.Encoding.PEM))
    return file


def test_kefu_itself_sends_what_protects(kefu: Served, cast: Cast, settings: Any):
    finding = looked("headers", settings, kefu.url)
    assert finding.state == "ok" and finding.evidence.values["n"] == 4


def test_a_proxy_that_takes_headers_away_is_told_of(settings: Any, db: None):
    with answering(X_Frame_Options="DENY", Content_Security_Policy="script-src 'self'") as address:
        finding = looked("headers", settings, address)
    assert finding.state == "bad"
    assert finding.evidence.values["names"] == "x-content-type-options, referrer-policy"


def test_a_proxy_with_a_loose_policy_of_its_own_is_told_of(settings: Any, db: None):
    given = {"X_Frame_Options": "DENY", "X_Content_Type_Options": "nosniff", "Referrer_Policy": "same-origin"}
    with answering(**given, Content_Security_Policy="script-src 'self' 'unsafe-inline'; style-src *") as address:
        assert looked("headers", settings, address).state == "warn"
    with answering(**given, Content_Security_Policy="script-src 'self'; style-src 'unsafe-inline'") as address:
        assert looked("headers", settings, address).state == "ok"


def test_nobody_there_is_not_known(settings: Any, db: None):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    for name in ("headers", "certificate"):
        assert looked(name, settings, f"https://127.0.0.1:{port}").state == "unknown"


def test_an_address_that_never_answers_is_not_waited_for_long(settings: Any, db: None):
    SelfcheckPolicy.objects.create(pk=1, answer_seconds=1)
    Policy.forget()
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        for name in ("headers", "certificate"):
            assert looked(name, settings, f"https://127.0.0.1:{port}").state == "unknown"


@pytest.mark.parametrize(("days", "found"), [(60, "ok"), (10, "warn"), (-2, "bad")])
def test_a_certificate_is_as_good_as_its_days(
    settings: Any, db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, days: int, found: str
):
    with tls(tmp_path, days=days) as (address, trusted):
        monkeypatch.setenv("SSL_CERT_FILE", str(trusted))
        finding = looked("certificate", settings, address)
    assert finding.state == found
    if found == "ok":
        assert finding.evidence.values == {"protocol": "TLSv1.3", "n": 60}


def test_one_of_another_name_or_that_nobody_vouches_for_is_bad(
    settings: Any, db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    with tls(tmp_path, days=60) as (address, _file):
        assert looked("certificate", settings, address).state == "bad"
    with tls(tmp_path, days=60, name="127.0.0.2") as (address, trusted):
        monkeypatch.setenv("SSL_CERT_FILE", str(trusted))
        assert looked("certificate", settings, address).state == "bad"
