"""r: what 50 rules cost each message that comes in, with and without them in one run."""

import json

from tests.bench.measures import Measure
from tests.bench.row import Row, furnished
from tests.house.furnish import Wishes


def run(profile: str) -> list[Measure]:
    with furnished(profile, Wishes(agents=1, customers=10), start=False) as bench:
        told = json.loads(bench.house.python("-m", "tests.bench.rule_cost").stdout.strip().splitlines()[-1])
    without, stored, judged = (told[name] * 1000 for name in ("without", "stored", "judged"))
    share = (stored - without + judged) / without * 100
    return [
        Measure("applying a message without rules", without, "ms"),
        Measure("applying a message with 50 rules on", stored, "ms", reference=without),
        Measure("judging a message by 50 rules, after the commit", judged, "ms"),
        Measure("what 50 rules add to the cost of a message", share, "%", aim=5),
    ]


ROW = Row("r", "what rules cost each message", run)
