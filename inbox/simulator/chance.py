"""The one source of chance: ids, delays, disorder. One seed makes a run repeatable."""

import base64
import random
import string

_ID_LETTERS = string.ascii_letters + string.digits
_OUT, _IN = b"\x11\x18\x12", b"\x12\x18\x14"


class Chance:
    """`boot` counts the openings of one state file, so that a restart never repeats an id."""

    def __init__(self, seed: int, boot: int = 0) -> None:
        self.seed = seed
        self.random = random.Random(f"{seed}:{boot}")

    def between(self, span: tuple[float, float] | list[float]) -> float:
        return self.random.uniform(span[0], span[1])

    def happens(self, probability: float) -> bool:
        return probability > 0 and self.random.random() < probability

    def digits(self, count: int) -> str:
        """A decimal id; the first digit is never 0."""
        return str(self.random.randrange(10 ** (count - 1), 10**count))

    def letters(self, count: int) -> str:
        return "".join(self.random.choices(_ID_LETTERS, k=count))

    def wamid(self, user: str, direction: str) -> str:
        """A message id of real length. Like Meta's it embeds the user; the random part brings `+` and `/`."""
        head = b"\x1c\x18" + bytes([len(user)]) + user.encode()
        tail = b"\x15\x02\x00" + (_IN if direction == "in" else _OUT) + self.random.randbytes(18) + b"\x00"
        return "wamid." + base64.b64encode(head + tail).decode()

    def bsuid(self, country: str) -> str:
        """A business-scoped user id: `CC.` and up to 128 alphanumerics."""
        return f"{country}.{self.digits(20)}"

    def trace_id(self) -> str:
        return "A" + self.letters(22)
