"""What the floors below are told at the start."""

from contacts.privacy.belongings import register_belongings
from inbox.actions.contact_erasure import BELONGINGS
from inbox.privacy import sealed, words


def register() -> None:
    sealed.register()
    words.register()
    register_belongings(BELONGINGS)
