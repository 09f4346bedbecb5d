"""How the number of an order is looked up: as customers quote it, with or without a ``#``, in any case."""

import unicodedata

from security.encryption.blind_index import BlindIndex


def number_digest(index: BlindIndex, number: str) -> bytes:
    folded = unicodedata.normalize("NFKC", number).casefold()
    return index.digest("".join(sign for sign in folded if sign.isalnum()), kind="order number")
