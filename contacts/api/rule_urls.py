"""Rules and what they did."""

from django.urls import path

from contacts.api.rule_runs import RuleRunsView, RuleRunUndoView, RuleTrialsView, RuleTrialView
from contacts.api.rules import (
    AutomaticRulesView,
    AutomaticRuleView,
    RuleOrderView,
    RuleReadingView,
    RuleSwitchView,
    RuleVersionsView,
    RuleVocabularyView,
)

urlpatterns = [
    path("rules", AutomaticRulesView.as_view()),
    path("rules/vocabulary", RuleVocabularyView.as_view()),
    path("rules/reading", RuleReadingView.as_view()),
    path("rules/order", RuleOrderView.as_view()),
    path("rules/<uuid:rule_id>", AutomaticRuleView.as_view()),
    path("rules/<uuid:rule_id>/switch", RuleSwitchView.as_view()),
    path("rules/<uuid:rule_id>/versions", RuleVersionsView.as_view()),
    path("rules/<uuid:rule_id>/runs", RuleRunsView.as_view()),
    path("rule-runs/<uuid:firing_id>/undo", RuleRunUndoView.as_view()),
    path("rule-trials", RuleTrialsView.as_view()),
    path("rule-trials/<uuid:trial_id>", RuleTrialView.as_view()),
]
