"""``python -m tests.house.widen``: a house that is measured or broken is not held to what people do at work, and its
agents sign in with the password alone."""

import os

MUCH = 10_000


def widen() -> None:
    from security.actions.policies import change_policy
    from security.models import KeyPolicy, LimitPolicy
    from security.signing_in.policy import NOBODY
    from tests.conftest import BY, ask_for_factor_from

    ask_for_factor_from(NOBODY)
    for kind, names in (
        (KeyPolicy, ("calls_per_second", "burst")),
        (LimitPolicy, ("writes_per_minute", "writes_burst", "sign_ins_per_minute", "sign_ins_burst")),
    ):
        policy = kind.objects.get_or_create(pk=1)[0]
        for name in names:
            setattr(policy, name, MUCH * (10 if name.startswith("writes") else 1))
        change_policy(by=BY, policy=policy, changed=names)


if __name__ == "__main__":
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    widen()
