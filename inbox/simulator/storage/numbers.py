"""Business numbers, their credentials and their WABA's subscription."""

from typing import Any

from inbox.simulator.storage import records
from inbox.simulator.storage.database import Database

PUBLIC = (
    "phone_number_id", "waba_id", "portfolio_id", "display_phone_number", "verified_name", "token_state",
    "webhook_url", "handshake", "handshake_error", "quality_rating", "throughput_mps",
)  # fmt: skip


def find(database: Database, phone_number_id: str) -> dict[str, Any] | None:
    return database.one("SELECT * FROM number WHERE phone_number_id = ?", phone_number_id)


def by_token(database: Database, token: str) -> list[dict[str, Any]]:
    return database.all("SELECT * FROM number WHERE access_token = ? ORDER BY phone_number_id", token)


def of_waba(database: Database, waba_id: str) -> list[dict[str, Any]]:
    return database.all("SELECT * FROM number WHERE waba_id = ? ORDER BY phone_number_id", waba_id)


def every(database: Database) -> list[dict[str, Any]]:
    return database.all("SELECT * FROM number ORDER BY created_at, phone_number_id")


def subscription(database: Database, waba_id: str) -> dict[str, Any] | None:
    return database.one("SELECT * FROM subscription WHERE waba_id = ?", waba_id)


def subscribe(database: Database, waba_id: str, override_uri: str = "", verify_token: str = "") -> None:
    database.run(
        "INSERT INTO subscription VALUES (?, ?, ?) ON CONFLICT (waba_id) DO UPDATE SET "
        "override_uri = excluded.override_uri, verify_token = excluded.verify_token",
        waba_id, override_uri, verify_token,
    )  # fmt: skip


def unsubscribe(database: Database, waba_id: str) -> None:
    database.run("DELETE FROM subscription WHERE waba_id = ?", waba_id)


def callback(database: Database, number: dict[str, Any]) -> str | None:
    """Where webhooks of this number go now, or None. Its own override precedes the account's, and that one the app's
    URL (Meta: overrides)."""
    subscribed = subscription(database, number["waba_id"])
    if subscribed is None:
        return None
    nearer = override(database, number["phone_number_id"]) or subscribed["override_uri"]
    if not nearer and number["handshake"] == "none":
        return None
    return nearer or number["webhook_url"] or None


def override(database: Database, phone_number_id: str) -> str:
    """The callback of this number alone, which proved itself when it was set; empty without one."""
    return str(records.read(database, "number", phone_number_id).get("override", {}).get("uri", ""))


def public(number: dict[str, Any]) -> dict[str, Any]:
    """A number without its secrets."""
    return {name: number[name] for name in PUBLIC}


def digits(number: dict[str, Any]) -> str:
    """The display number as webhooks carry it: digits only."""
    return "".join(sign for sign in number["display_phone_number"] if sign.isdigit())


def overrides(database: Database) -> list[str]:
    """The callbacks set for accounts and for single numbers."""
    accounts = database.all("SELECT override_uri FROM subscription WHERE override_uri != ''")
    own = [row.get("override", {}).get("uri", "") for row in records.every(database, "number").values()]
    return [row["override_uri"] for row in accounts] + [uri for uri in own if uri]


def ready(database: Database) -> list[dict[str, Any]]:
    """Numbers whose callback is verified and whose WABA is subscribed: their webhooks may go out."""
    return [row for row in every(database) if _is_ready(database, row)]


def _is_ready(database: Database, number: dict[str, Any]) -> bool:
    subscribed = subscription(database, number["waba_id"])
    if subscribed is None:
        return False
    overridden = subscribed["override_uri"] or override(database, number["phone_number_id"])
    return bool(overridden) or number["handshake"] == "verified"
