"""Who stopped marketing messages of which number (Meta: `user_preferences`)."""

from inbox.simulator.storage import records
from inbox.simulator.storage.database import Database


def stopped(database: Database, number: str, customer: str) -> bool:
    return bool(records.read(database, "preference", f"{number}:{customer}").get("stopped"))


def stop(database: Database, number: str, customer: str, *, stopped: bool = True) -> None:
    records.write(database, "preference", f"{number}:{customer}", {"stopped": stopped})
