"""The background tasks of rules, each in a world where it has something to do."""

from tests.conftest import Cast
from tests.contracts.twice import run_twice
from tests.inbox.simulator.running import Running
from tests.worlds.channels import channel
from tests.worlds.threads import fresh, thread


def judging(cast: Cast, meta: Running) -> None:
    from contacts.models import RuleRun
    from tests.inbox.rules.conftest import rule

    rule(cast, [{"do": "set_priority", "priority": "high"}])
    thread(channel(cast.asia))
    run_twice("contacts.run_rules", cast.asia.pk)
    assert RuleRun.objects.for_system("the test").count() == 1


def keeping_rules(cast: Cast, meta: Running) -> None:
    from contacts.models import Rule

    run_twice("contacts.sweep_rules")
    assert Rule.objects.for_system("the test").filter(region=cast.asia).count() == 6


def laying_due_rows(cast: Cast, meta: Running) -> None:
    from contacts.models import RuleDue
    from tests.inbox.rules.conftest import rule

    thread(channel(cast.asia))
    made = rule(cast, [{"do": "set_priority", "priority": "high"}], after_hours=48)
    run_twice("contacts.lay_due_rows", str(made.pk))
    assert RuleDue.objects.for_system("the test").count() == 1


def trying_a_rule(cast: Cast, meta: Running) -> None:
    from contacts.actions.rule_trials import begin_trial
    from tests.inbox.rules.conftest import rule

    thread(channel(cast.asia))
    made = rule(cast, [{"do": "set_priority", "priority": "high"}])
    trial = begin_trial(by=cast.access("dee"), region_id=cast.asia.pk, days=7, rule_id=made.pk)
    run_twice("contacts.try_rule", str(trial.pk))
    assert (fresh(trial).state, fresh(trial).fired) == ("done", 1)


RULES = {
    "contacts.run_rules": judging,
    "contacts.sweep_rules": keeping_rules,
    "contacts.lay_due_rows": laying_due_rows,
    "contacts.try_rule": trying_a_rule,
}
