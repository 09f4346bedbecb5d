"""Somebody at the sign-in page of a house with tiers: an authenticator app, a passkey, a browser that keeps cookies."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from django.test import Client
from django.utils import timezone

from security.access import Access, access_of
from security.actions.allowlist import allow_address
from security.actions.behaviour import lay_out_rules
from security.actions.tiers import switch_tier
from security.models import BrowserSession, TotpFactor, User
from security.models.session import digest_of_key
from security.network.allowlist import forget_lists
from security.tiers.standing import forget_standing
from tests.conftest import BY, PASSWORD, Cast
from tests.worlds.factors import Authenticator, enrol
from tests.worlds.passkeys import SoftPasskey

SESSION, ME = "/api/v1/session", "/api/v1/me"
HERE = "127.0.0.1"


@dataclass
class Visitor:
    """``name`` of the cast in one browser."""

    name: str
    agent: str = "Mozilla/5.0 (Windows NT 10.0) Firefox/140.0"
    app: Authenticator | None = None
    passkey: SoftPasskey = field(default_factory=SoftPasskey)
    client: Client = field(init=False)

    def __post_init__(self) -> None:
        headers = {"accept-language": "en", "user-agent": self.agent}
        self.client = Client(enforce_csrf_checks=True, SERVER_NAME="localhost", headers=headers)

    def post(self, path: str, **body: Any) -> Any:
        token = self.client.get(SESSION).cookies["csrftoken"].value
        return self.client.post(path, body, content_type="application/json", headers={"x-csrftoken": token})

    def give_password(self) -> Any:
        return self.post(SESSION, email=f"{self.name}@kefu.test", password=PASSWORD).json()

    def give_code(self) -> Any:
        assert self.app is not None
        TotpFactor.objects.update(last_t=-1)
        return self.post(f"{SESSION}/code", code=self.app.code()).json()

    def show_passkey(self, path: str = f"{SESSION}/passkey") -> Any:
        options = self.post(f"{SESSION}/passkey/options").json()["options"]
        return self.post(path, credential=self.passkey.show(options))

    def make_passkey(self) -> Any:
        """As a step of signing in."""
        options = self.post(f"{SESSION}/enrolment/passkey/options").json()["options"]
        return self.post(f"{SESSION}/enrolment/passkey", name="Laptop", credential=self.passkey.make(options)).json()

    def add_passkey(self) -> Any:
        """Signed in, with a fresh factor."""
        options = self.post(f"{ME}/passkeys/options", password=PASSWORD).json()["options"]
        return self.post(f"{ME}/passkeys", name="Laptop", credential=self.passkey.make(options))

    def sign_in(self) -> Any:
        """With all that they have."""
        came = self.give_password()
        return self.give_code() if (came["step"] or {}).get("name") == "factor" else came

    def session(self) -> Any:
        return self.client.get(SESSION).json()

    def row(self) -> BrowserSession:
        return BrowserSession.objects.get(digest=digest_of_key(self.client.cookies["kefu_session"].value))

    def access(self) -> Access:
        """As their requests have it; their code was just given."""
        user = User.objects.get(email=f"{self.name}@kefu.test")
        return replace(access_of(user, session_id=self.row().pk, factor_at=timezone.now()))


def visitor(cast: Cast, name: str, **more: Any) -> Visitor:
    """With an app in force, and signed in."""
    one = Visitor(name, app=enrol(cast, name), **more)
    assert one.sign_in()["user"]
    return one


def allow_here() -> None:
    allow_address(by=BY, name="Office", network=f"{HERE}/32", group="everybody")
    forget_lists()


def ready_for_all(cast: Cast) -> None:
    """The installation has what every tier asks of it."""
    allow_here()
    lay_out_rules(by=BY)


def put_in_force(tier: str, until: datetime | None = None) -> None:
    """By the machine: who has done what is not what the test is about."""
    switch_tier(by=BY, tier=tier, reason="A test", until=until)
    forget_standing()
