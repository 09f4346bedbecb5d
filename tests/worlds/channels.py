"""Business numbers of a region, connected to nothing or to the simulator."""

from itertools import count
from typing import Any

from inbox.actions.channels import add_channel
from inbox.models import Channel
from security.access import System
from security.models import Region
from tests.inbox.simulator.running import Running

SECRET = "app-secret-of-the-tests"
VERIFY_TOKEN = "verify-token-of-the-tests"
NOWHERE = "http://127.0.0.1:9"  # the discard port: a call that a test did not mean to make fails at once
_ids = count(100_000_000_000_001)


def channel(region: Region, whatsapp: Running | None = None, **fields: Any) -> Channel:
    """A connected number. With ``whatsapp`` the simulator knows it too (``webhook_url`` starts its handshake)."""
    number = str(next(_ids))
    webhook_url = fields.pop("webhook_url", "")
    token = fields.pop("access_token", f"SIMTOKEN-{number}")
    made = add_channel(
        by=System("tests"),
        region=region,
        name=fields.pop("name", f"Shop {number[-3:]}"),
        provider="simulator",
        credentials={"access_token": token, "app_secrets": [SECRET], "verify_token": VERIFY_TOKEN},
        base_url=fields.pop("base_url", whatsapp.url if whatsapp else NOWHERE),
        phone=f"+1555010{int(number) % 10_000:04d}",
        phone_number_id=number,
        waba_id=fields.pop("waba_id", f"9{number}"),
    )
    if whatsapp is not None:
        register(whatsapp, made, webhook_url=webhook_url)
    return made


def register(whatsapp: Running, made: Channel, *, webhook_url: str = "") -> None:
    """Make the number known to the simulator."""
    whatsapp.sim(
        "POST",
        "numbers",
        {
            "phone_number_id": made.phone_number_id,
            "waba_id": made.waba_id,
            "display_phone_number": made.phone,
            "verified_name": made.name,
            "app_secret": SECRET,
            "access_token": made.credentials["access_token"],
            "verify_token": VERIFY_TOKEN,
            "webhook_url": webhook_url,
        },
    )


def calls(whatsapp: Running, made: Channel, *, path: str = "messages") -> list[dict[str, Any]]:
    """The Graph calls the simulator got for this number, oldest first."""
    rows = whatsapp.sim("GET", f"calls?number={made.phone_number_id}")["results"]
    return [row for row in reversed(rows) if row["path"].endswith(f"/{path}")]
