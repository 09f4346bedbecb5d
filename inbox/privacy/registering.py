"""What the floors below are told at the start."""

from contacts.actions.bounces import register_reached
from contacts.privacy.belongings import register_belongings
from inbox.actions.contact_erasure import BELONGINGS
from inbox.privacy import sealed, words
from inbox.reached import reached_since


def register() -> None:
    sealed.register()
    words.register()
    register_belongings(BELONGINGS)
    register_reached(reached_since)
