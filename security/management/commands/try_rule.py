"""``manage.py try_rule``: what a behaviour rule would have raised over the log as it is. Writes nothing."""

from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.db.models import Q
from django.utils import translation

from security.behaviour.bursts import Burst
from security.behaviour.shipped import called
from security.behaviour.trying import MOST_DAYS, try_rule
from security.management.prepared import PreparedCommand
from security.models import BehaviourRule, SelfcheckPolicy, User

_LINES_SHOWN = 10


class Command(PreparedCommand):
    help = "Try a behaviour rule on the operation log: the alarms it would have raised, with their lines."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("rule", nargs="?", help="its name, its number, or what a shipped one is called; none: list")
        parser.add_argument("--days", type=int, help=f"how far back, at most {MOST_DAYS}")

    def handle(self, *args: Any, **options: Any) -> None:
        with translation.override("en"):
            if options["rule"] is None:
                for rule in BehaviourRule.objects.order_by("pk"):
                    self.stdout.write(f"{rule.pk}  {rule.shipped or '-'}  {called(rule)}")
                return
            rule = _found(options["rule"])
            trial = try_rule(rule, days=options["days"] or SelfcheckPolicy.current().try_days)
            for burst in trial.bursts:
                self._show(rule, burst)
            self.stdout.write(
                f"“{called(rule)}” would have raised {len(trial.bursts)} alarms in the last {trial.days} days "
                f"({trial.looked_at} lines looked at{'' if trial.whole else ', only the newest'})."
            )

    def _show(self, rule: BehaviourRule, burst: Burst) -> None:
        name = User.objects.filter(pk=burst.user_id).values_list("name", flat=True).first()
        last = burst.lines[-1].at
        self.stdout.write(f"{last:%Y-%m-%d %H:%M} UTC  {name}: {burst.measured} {rule.measure}")
        for line in burst.lines[-_LINES_SHOWN:]:
            self.stdout.write(f"    line {line.id}  {line.at:%H:%M:%S}  {line.action}")


def _found(asked: str) -> BehaviourRule:
    wanted = Q(name=asked) | Q(shipped=asked)
    if asked.isdecimal() and len(asked) < 10:
        wanted |= Q(pk=int(asked))
    rule = BehaviourRule.objects.filter(wanted).exclude(shipped="", name="").order_by("pk").first() if asked else None
    if rule is None:
        raise CommandError(f"There is no rule {asked!r}; `manage.py try_rule` lists them.")
    return rule
