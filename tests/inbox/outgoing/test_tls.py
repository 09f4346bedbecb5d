"""TLS breaks: before the request left it is certainly not sent, afterwards nobody knows."""

import ipaddress
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from inbox.whatsapp.client import GraphClient
from inbox.whatsapp.faults import Retry, Unconfirmed
from inbox.whatsapp.wire import Credentials, Outbound

TEXT = Outbound("text", {"text": "Hi"}, "correlation", "886900000001", None)
ANSWER = b'{"messages": [{"id": "wamid.X"}]}'
Talk = Callable[[socket.socket, "TlsServer"], None]


class TlsServer:
    """Takes one connection after the other and lets ``talk`` have it. ``heard``: the requests that arrived whole."""

    def __init__(self, folder: Path) -> None:
        self.certificate = _certificate(folder)
        self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.context.load_cert_chain(self.certificate)
        self.heard: list[bytes] = []
        self.talk: Talk = answers
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.url = f"https://127.0.0.1:{self._listening.getsockname()[1]}"
        threading.Thread(target=self._serve, daemon=True).start()

    def client(self) -> GraphClient:
        """A client that trusts this server."""
        made = GraphClient(Credentials(self.url, "v26.0", "100000000000001", "SIMTOKEN-tls"))
        made._session.verify = str(self.certificate)
        return made

    def request(self, secure: ssl.SSLSocket) -> None:
        """Read one request to its end."""
        got = b""
        while b"correlation" not in got:
            got += secure.recv(65536)
        self.heard.append(got)

    def stop(self) -> None:
        self._listening.close()

    def _serve(self) -> None:
        while True:
            try:
                plain, _ = self._listening.accept()
            except OSError:
                return
            try:
                self.talk(plain, self)
            except OSError:
                pass
            finally:
                plain.close()


def answers(plain: socket.socket, server: TlsServer) -> None:
    with server.context.wrap_socket(plain, server_side=True) as secure:
        server.request(secure)
        secure.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(ANSWER) + ANSWER)


def breaks_after_the_request(plain: socket.socket, server: TlsServer) -> None:
    """The whole request was read; what comes back is no TLS record."""
    raw = socket.socket(fileno=socket.dup(plain.fileno()))
    with server.context.wrap_socket(plain, server_side=True) as secure:
        server.request(secure)
        raw.sendall(b"\x00" * 512)
        raw.close()


def speaks_no_tls(plain: socket.socket, server: TlsServer) -> None:
    plain.recv(65536)
    plain.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")


def hangs_up_in_the_handshake(plain: socket.socket, server: TlsServer) -> None:
    plain.recv(65536)


def says_nothing(plain: socket.socket, server: TlsServer) -> None:
    plain.settimeout(3)
    while plain.recv(65536):
        pass


@pytest.fixture
def server(tmp_path: Path) -> Iterator[TlsServer]:
    made = TlsServer(tmp_path)
    yield made
    made.stop()


def test_over_sound_tls_it_is_sent(server: TlsServer):
    assert server.client().send(TEXT, timeout=5).provider_ref == "wamid.X"
    assert len(server.heard) == 1


def test_tls_that_breaks_after_the_request_was_read_leaves_its_fate_unknown(server: TlsServer):
    server.talk = breaks_after_the_request
    with pytest.raises(Unconfirmed) as fault:
        server.client().send(TEXT, timeout=5)
    assert len(server.heard) == 1 and "SSL" in fault.value.details


def test_a_certificate_that_is_not_trusted_is_certainly_not_sent(server: TlsServer):
    client = server.client()
    client._session.verify = True
    with pytest.raises(Retry) as fault:
        client.send(TEXT, timeout=5)
    assert fault.value.code == "network" and server.heard == []


@pytest.mark.parametrize("talk", [speaks_no_tls, hangs_up_in_the_handshake, says_nothing])
def test_a_handshake_that_fails_is_certainly_not_sent(server: TlsServer, talk: Talk):
    server.talk = talk
    with pytest.raises(Retry):
        server.client().send(TEXT, timeout=1)
    assert server.heard == []


def test_an_earlier_call_that_left_says_nothing_about_the_next(server: TlsServer):
    client = server.client()
    client.send(TEXT, timeout=5)
    server.talk = hangs_up_in_the_handshake
    client._session.close()  # the next call needs a connection of its own
    with pytest.raises(Retry):
        client.send(TEXT, timeout=5)


def _certificate(folder: Path) -> Path:
    """A key and a certificate of its own for 127.0.0.1, in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    built = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(minutes=5))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), critical=False)
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path = folder / "tls.pem"
    path.write_bytes(private + built.public_bytes(serialization.Encoding.PEM))
    return path
