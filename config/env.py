"""The one place that reads the process environment; a malformed value stops the boot with its name.

Every name is documented in ``docs/configuration.md``.
"""

import ipaddress
import os
import secrets
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent
_read = environ.Env()
_TRUTHS = {"1": True, "true": True, "yes": True, "on": True, "0": False, "false": False, "no": False, "off": False}


def _flag(name: str, *, default: bool) -> bool:
    raw = os.environ.get(name, "").strip().lower()
    if not raw:
        return default
    if raw not in _TRUTHS:
        raise ImproperlyConfigured(f"{name}={raw!r} is neither true nor false; write 1 or 0.")
    return _TRUTHS[raw]


def _number(name: str, *, default: int) -> int:
    raw = os.environ.get(name, "").strip() or str(default)
    try:
        return int(raw)
    except ValueError:
        raise ImproperlyConfigured(f"{name}={raw!r} is not a whole number.") from None


def _words(name: str, *, default: str) -> list[str]:
    return [word.strip() for word in os.environ.get(name, default).split(",") if word.strip()]


def _text(name: str, *, default: str = "") -> str:
    """A value, or the content of the file named by ``NAME_FILE`` (how container secrets arrive)."""
    path = os.environ.get(f"{name}_FILE", "")
    if not path:
        return os.environ.get(name, default).strip()
    try:
        return Path(path).read_text(encoding="utf-8").strip()
    except OSError as error:
        raise ImproperlyConfigured(f"{name}_FILE: {path} cannot be read ({error.strerror}).") from error


def _folder(name: str, *, default: Path) -> Path:
    return Path(os.environ.get(name) or default).resolve()


def _file(name: str) -> Path | None:
    raw = os.environ.get(name, "").strip()
    if raw and not Path(raw).is_file():
        raise ImproperlyConfigured(f"{name}: there is no file {raw}.")
    return Path(raw).resolve() if raw else None


def _networks(name: str, *, default: str = "") -> list[str]:
    """Addresses and networks, each as it is written in one way only. Never everybody."""
    found = []
    for word in _words(name, default=default):
        try:
            network = ipaddress.ip_network(word)
        except ValueError:
            raise ImproperlyConfigured(f"{name}: {word!r} is no address and no network (10.0.0.0/8).") from None
        if network.prefixlen == 0:
            raise ImproperlyConfigured(f"{name}: {word} is everybody; then anybody could claim any address.")
        found.append(str(network))
    return found


def _private_by_default() -> str:
    """The simulator runs on the same machine; production has none."""
    return "" if _flag("KEFU_PRODUCTION", default=False) else "127.0.0.0/8,::1/128"


def _url(name: str) -> str:
    return _text(name).rstrip("/")


def _kept_secret(path: Path) -> str:
    """A secret made once and kept in the data folder, so that the embedded default needs no set-up."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
                file.write(secrets.token_urlsafe(48))
        except FileExistsError:
            pass  # another process made it first; read theirs
    return path.read_text(encoding="utf-8").strip()


@dataclass(frozen=True)
class Environment:
    """Everything Kefu takes from outside, typed and checked once."""

    production: bool = _flag("KEFU_PRODUCTION", default=False)
    debug: bool = _flag("KEFU_DEBUG", default=False)
    data: Path = field(default_factory=lambda: _folder("KEFU_DATA", default=BASE_DIR / "var"))
    database_url: str = _text("DATABASE_URL")
    redis_url: str = _text("REDIS_URL")
    allowed_hosts: list[str] = field(
        default_factory=lambda: _words("KEFU_ALLOWED_HOSTS", default="localhost,127.0.0.1,[::1]")
    )
    public_url: str = _url("KEFU_PUBLIC_URL")
    https: bool = _flag("KEFU_HTTPS", default=_flag("KEFU_PRODUCTION", default=False))
    hsts_seconds: int = _number("KEFU_HSTS_SECONDS", default=31_536_000)
    log_level: str = _text("KEFU_LOG_LEVEL", default="INFO").upper()
    host: str = _text("HOST", default="127.0.0.1")
    port: int = _number("PORT", default=8000)
    simulator_port: int = _number("SIM_PORT", default=8001)
    demo_password: str = _text("KEFU_DEMO_PASSWORD")
    backup_stamp: str = _text("KEFU_BACKUP_STAMP")  # a file that a backup touches when it has succeeded
    geoip_database: Path | None = field(default_factory=lambda: _file("KEFU_GEOIP_DATABASE"))
    trusted_proxies: list[str] = field(default_factory=lambda: _networks("KEFU_TRUSTED_PROXIES"))
    private_networks: list[str] = field(
        default_factory=lambda: _networks("KEFU_PRIVATE_NETWORKS", default=_private_by_default())
    )
    mail_url: str = _text("KEFU_MAIL_URL")
    mail_from: str = _text("KEFU_MAIL_FROM")
    drill_sender: str = _text("KEFU_DRILL_SENDER")
    drill_url: str = _url("KEFU_DRILL_URL")
    redis_prefix: str = _text("KEFU_REDIS_PREFIX", default="kefu")
    breached_passwords: str = _text("KEFU_BREACHED_PASSWORDS")
    fast_passwords: bool = _flag("KEFU_FAST_PASSWORDS", default=False)  # tests and the load world only

    @property
    def secret_key(self) -> str:
        given = _text("KEFU_SECRET_KEY")
        if given or self.production:
            return given
        return _kept_secret(self.data / "secret_key")

    @property
    def master_keys(self) -> str:
        """``id:secret`` pairs, newest first, comma separated; see ``security/encryption``."""
        given = _text("KEFU_MASTER_KEYS")
        if given or self.production:
            return given
        return "local:" + _kept_secret(self.data / "master_key")

    def read_master_keys(self) -> str:
        """The same again: a file may have got a new one since the start."""
        return self.master_keys

    @property
    def password_hasher(self) -> str:
        """Argon2 takes 126 ms on purpose; a thousand test sign-ins would take minutes."""
        kind = "MD5" if self.fast_passwords and not self.production else "Argon2"
        return f"django.contrib.auth.hashers.{kind}PasswordHasher"

    @property
    def public_host(self) -> str:
        return urlsplit(self.public_url).hostname or "localhost"

    @property
    def hosts(self) -> list[str]:
        """All host names that are answered to; the one of phishing drills shows nothing but those."""
        drills = urlsplit(self.drill_url).hostname
        return [*self.allowed_hosts, *([drills] if drills else [])]

    def mail(self) -> dict[str, object]:
        """Django's settings. Without an address: on the terminal while developing, not at all in production."""
        if not self.mail_url:
            kind = "dummy" if self.production else "console"
            return {"EMAIL_BACKEND": f"django.core.mail.backends.{kind}.EmailBackend"}
        if self.mail_url.startswith("smtps:"):
            raise ImproperlyConfigured("KEFU_MAIL_URL: write smtp+ssl:// (TLS at once) or smtp+tls:// (STARTTLS).")
        return dict(_read.email_url_config(self.mail_url))

    @property
    def test_database_name(self) -> str | None:
        """A file on SQLite: the in-memory kind shares one connection between threads. PostgreSQL: Django's default."""
        return None if self.database_url else str(self.data / "test_kefu.sqlite3")

    def database(self) -> dict[str, object]:
        if self.database_url:
            return {**_read.db_url_config(self.database_url), **_POSTGRES}
        return {"ENGINE": "django.db.backends.sqlite3", "NAME": self.data / "kefu.sqlite3", **_SQLITE}


# IMMEDIATE takes the write lock at BEGIN: with SQLite's deferred default, readers that turn writers fail at once.
# FULL syncs the log at every commit: with NORMAL, a power cut could take back a webhook that Meta was told we have.
_SQLITE: dict[str, object] = {
    "OPTIONS": {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA cache_size=-64000;"
        "PRAGMA mmap_size=268435456;PRAGMA temp_store=MEMORY;",
    },
}
_POSTGRES: dict[str, object] = {
    "CONN_MAX_AGE": 0,
    "CONN_HEALTH_CHECKS": True,
    "OPTIONS": {"pool": {"min_size": 1, "max_size": _number("KEFU_DB_POOL", default=16), "timeout": 20}},
}
env = Environment()
