"""The guards of what must be kept, and of what must go."""

from tests.mutations.guard import Guard

_HOLDS = "tests/inbox/together/test_holds.py"

PRIVACY_GUARDS = (
    Guard(
        "what is on hold is not ordered destroyed",
        "inbox/actions/bin.py",
        "require(not is_held(row.conversation), OnHold)",
        "pass",
        (_HOLDS,),
    ),
    Guard(
        "a contact on hold is not erased",
        "contacts/actions/erasing.py",
        "require(not is_held(contact), OnLegalHold)",
        "pass",
        (_HOLDS,),
    ),
    Guard(
        "a hold stops what is being destroyed",
        "inbox/actions/purging.py",
        "    if not is_held(row.conversation):\n        return False\n",
        "    return False\n",
        (_HOLDS,),
    ),
    Guard(
        "a merge carries the hold of a thread over",
        "inbox/actions/contact_joining.py",
        "            keep_holding(change, held, stays)\n",
        "            pass\n",
        (_HOLDS,),
    ),
    Guard(
        "retention begins after its wait",
        "inbox/actions/retention.py",
        "filter(Q(begins_at=None) | Q(begins_at__lte=now), active=True)",
        "filter(active=True)",
        ("tests/inbox/test_retention_rules.py",),
    ),
    Guard(
        "an erasure does not end while a key is there",
        "contacts/actions/destroying.py",
        "if DataKey.objects.filter(pk__in=key_ids).exists():",
        "if False:",
        ("tests/contacts/test_stuck.py",),
    ),
    Guard(
        "a stop of marketing is overridden only knowingly",
        "contacts/actions/consent.py",
        "require(resume or not (wants_more and overrides), ResumesMarketing)",
        "pass",
        ("tests/contacts/test_consents.py",),
    ),
)
