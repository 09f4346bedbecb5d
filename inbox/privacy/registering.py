"""What the floors below are told at the start."""

from contacts.privacy.belongings import register_belongings
from inbox.privacy import sealed
from inbox.privacy.belongings import BELONGINGS


def register() -> None:
    sealed.register()
    register_belongings(BELONGINGS)
