"""Making somebody an executive on their page in Django admin, and what the page of the addresses says of them."""

from security.actions.allowlist import allow_address
from security.models import AllowedAddress, Operation, User
from tests.conftest import BY, Cast
from tests.security.admin.forms import do
from tests.security.signing_in.test_passkeys import add
from tests.worlds.factors import fresh_browser
from tests.worlds.passkeys import SoftPasskey

PERSON = "security/user"


def page(cast: Cast, path: str) -> str:
    answer = cast.browser("ana").get(f"/admin/{path}")
    assert answer.status_code == 200
    return str(answer.content.decode())


def is_executive(user: User) -> bool:
    return User.objects.get(pk=user.pk).executive_since is not None


def test_it_needs_a_code_a_reason_a_passkey_and_an_address(cast: Cast):
    assert do(cast.browser("ana"), PERSON, cast.ben.pk, "executive", reason="Runs the house").status_code == 400
    ana = fresh_browser(cast, "ana")
    refused = do(ana, PERSON, cast.ben.pk, "executive", reason="Runs the house")
    assert refused.status_code == 400 and "no passkey" in refused.content.decode()
    add(cast.browser("ben"), SoftPasskey())
    refused = do(ana, PERSON, cast.ben.pk, "executive", reason="Runs the house")
    assert refused.status_code == 400 and "Allowed addresses" in refused.content.decode()
    allow_address(by=BY, name="Office", network="203.0.113.0/24", group="executives")
    assert do(ana, PERSON, cast.ben.pk, "executive").status_code == 400 and not is_executive(cast.ben)
    assert do(ana, PERSON, cast.ben.pk, "executive", reason="Runs the house").status_code == 302
    assert is_executive(cast.ben)
    assert Operation.objects.get(action="person.executive_marked").details == {"reason": "Runs the house"}


def test_it_is_taken_back_there(cast: Cast):
    User.objects.filter(pk=cast.ben.pk).update(executive_since="2026-01-01T00:00:00Z")
    told = page(cast, f"{PERSON}/{cast.ben.pk}/change/")
    assert "/do/executive-off/" in told and "/do/executive/" not in told and "/do/link/" not in told
    assert do(fresh_browser(cast, "ana"), PERSON, cast.ben.pk, "executive-off", reason="Retired").status_code == 302
    assert not is_executive(cast.ben)


def test_the_addresses_say_that_their_way_is_shut_until_a_row_is_there(cast: Cast):
    User.objects.filter(pk=cast.ana.pk).update(language="en")
    assert "has no rows: from nowhere" in page(cast, "security/allowedaddress/")
    allow_address(by=BY, name="Office", network="127.0.0.1", group="executives")
    assert "has no rows: from nowhere" not in page(cast, "security/allowedaddress/")
    assert AllowedAddress.objects.count() == 1
