"""The guards of signing in, sessions and mails."""

from tests.mutations.guard import Guard

ACCOUNT_GUARDS = (
    Guard(
        "whoever is idle too long is signed out",
        "security/models/session.py",
        'return IDLE if self.user_id is not None and self.idle_at <= now else ""',
        'return ""',
        ("tests/security/test_idle.py",),
    ),
    Guard(
        "a session that ended does not come back",
        "security/session_store.py",
        "filter(digest=self._digest, ended_at=None).update(**written)",
        "filter(digest=self._digest).update(**written)",
        ("tests/security/test_sessions.py",),
    ),
    Guard(
        "a link of an alert mail locks once",
        "security/lock_links.py",
        "user is not None and _lifted_of(user) == lifted",
        "user is not None and lifted is not None",
        ("tests/security/test_lock_page.py",),
    ),
    Guard(
        "a copied device cookie is no device in another kind of browser",
        "security/actions/sign_in_watch.py",
        "if known is not None and known.kind != row.device:",
        "if known is not None and known.kind is None:",
        ("tests/security/test_sign_in_watch.py",),
    ),
    Guard(
        "a mail leaves once (guarded update)",
        "security/actions/mails.py",
        "sent_at=None, failed_at=None, due_at__lte=now, tries=row.tries)",
        "failed_at=None)",
        ("tests/security/test_mails.py",),
    ),
)
