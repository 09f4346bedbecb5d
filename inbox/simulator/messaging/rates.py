"""Throughput per number and pair rate per customer, as token buckets over virtual time."""

from inbox.simulator.tables import limits


class Bucket:
    """Holds up to `capacity` tokens, filled at `refill` per second."""

    def __init__(self, capacity: float, refill: float, now: float) -> None:
        self.capacity, self.refill = capacity, refill
        self.tokens, self.at = capacity, now

    def take(self, now: float) -> bool:
        self.tokens = min(self.capacity, self.tokens + (now - self.at) * self.refill)
        self.at = now
        if self.tokens < 1:
            return False
        self.tokens -= 1
        return True


class Rates:
    """Not kept over a restart: the longest memory is a few minutes."""

    def __init__(self) -> None:
        self._numbers: dict[str, Bucket] = {}
        self._pairs: dict[tuple[str, str], Bucket] = {}

    def number_takes(self, phone_number_id: str, mps: int, now: float) -> bool:
        """Messages per second of a number, both directions together (Meta: 80, 1,000 or 20)."""
        bucket = self._numbers.get(phone_number_id)
        if bucket is None or bucket.capacity != mps:
            bucket = self._numbers[phone_number_id] = Bucket(mps, mps, now)
        return bucket.take(now)

    def pair_takes(self, phone_number_id: str, recipient: str, now: float) -> bool:
        """One message per 6 s to the same customer, bursts of 45 borrowed from the future (Meta: pair rate)."""
        rule = limits()["throughput"]["pair_rate"]
        if len(self._pairs) > 10_000:
            self._forget_idle(now)
        bucket = self._pairs.get((phone_number_id, recipient))
        if bucket is None:
            bucket = self._pairs[phone_number_id, recipient] = Bucket(
                rule["burst"], 1 / rule["seconds_per_message"], now
            )
        return bucket.take(now)

    def _forget_idle(self, now: float) -> None:
        full_again = (
            limits()["throughput"]["pair_rate"]["burst"] * limits()["throughput"]["pair_rate"]["seconds_per_message"]
        )
        self._pairs = {pair: bucket for pair, bucket in self._pairs.items() if now - bucket.at < full_again}
