"""Rules: something happened → facts, frozen once → a pure verdict → the same public actions, done by the rule (CM-1).

``events`` what can happen, ``deeds`` what a rule can do (both filled by every app), ``happening`` how a write says
that something happened, ``book`` the rules of a region as they are judged, ``running`` the judging. What changes rows
is in ``contacts.actions.rules`` and ``contacts.actions.rule_runs``.
"""
