"""Business numbers, their credentials and their WABA's subscription."""

from typing import Any

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
    """Where webhooks of this number go now, or None. A WABA override precedes the app's URL (Meta: overrides)."""
    subscribed = subscription(database, number["waba_id"])
    if subscribed is None or (not subscribed["override_uri"] and number["handshake"] == "none"):
        return None
    return subscribed["override_uri"] or number["webhook_url"] or None


def public(number: dict[str, Any]) -> dict[str, Any]:
    """A number without its secrets."""
    return {name: number[name] for name in PUBLIC}


def digits(number: dict[str, Any]) -> str:
    """The display number as webhooks carry it: digits only."""
    return "".join(sign for sign in number["display_phone_number"] if sign.isdigit())


def overrides(database: Database) -> list[str]:
    return [
        row["override_uri"] for row in database.all("SELECT override_uri FROM subscription WHERE override_uri != ''")
    ]


def ready(database: Database) -> list[dict[str, Any]]:
    """Numbers whose callback is verified and whose WABA is subscribed: their webhooks may go out."""
    return [row for row in every(database) if _is_ready(database, row)]


def _is_ready(database: Database, number: dict[str, Any]) -> bool:
    subscribed = subscription(database, number["waba_id"])
    return subscribed is not None and (bool(subscribed["override_uri"]) or number["handshake"] == "verified")
