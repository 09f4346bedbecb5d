"""The guards against attackers: keys, search, what must be kept, and the ways in and out."""

from tests.mutations.guard import Guard

_SEARCH, _KEYS = "tests/inbox/search/test_visibility.py", "tests/security/keys"

ATTACK_GUARDS = (
    Guard(
        "a search finds only what its reader sees",
        "inbox/search/queries.py",
        "    rows = Message.objects.visible_to(search.access).exclude(kind__in=SILENT)\n",
        '    rows = Message.objects.for_system("a search").exclude(kind__in=SILENT)\n',
        (_SEARCH,),
    ),
    Guard(
        "a search reads notes only where its reader does",
        "inbox/search/queries.py",
        "    of_talks = InternalNote.objects.visible_to(search.access).filter(deleted_at=None)\n",
        '    of_talks = InternalNote.objects.for_system("a search").filter(deleted_at=None)\n',
        (_SEARCH, "tests/inbox/search/test_notes_and_contacts.py"),
    ),
    Guard(
        "a key that ended, or whose owner is gone, is a stranger's",
        "security/api/authentication.py",
        "        if key is None or key.has_ended() or not key.user.is_active:\n",
        "        if key is None:\n",
        ("tests/security/test_api_keys.py", f"{_KEYS}/test_rotating.py"),
    ),
    Guard(
        "a key comes from its addresses only",
        "security/api/authentication.py",
        "    require(not key.addresses or within(address, map(as_network, key.addresses)), AddressRefused)\n",
        "    require(within(address, map(as_network, key.addresses)) or key.pk, AddressRefused)\n",
        (f"{_KEYS}/test_narrowing.py",),
    ),
    Guard(
        "the key of a locked account opens nothing",
        "security/api/authentication.py",
        "        refuse_locked(key.user)\n",
        "",
        ("tests/security/test_locks.py", "tests/security/test_lock_effects.py"),
    ),
    Guard(
        "a key is given narrower rights than its owner's",
        "security/access.py",
        "    if not key.is_narrowed:\n",
        "    if key.pk:\n",
        (f"{_KEYS}/test_narrowing.py",),
    ),
    Guard(
        "a key in an address is refused",
        "security/network/door.py",
        "    return _KEY.search(request.get_full_path()) is not None\n",
        "    return False\n",
        (f"{_KEYS}/test_secrecy.py",),
    ),
    Guard(
        "what was checked is what is connected to (no second look-up)",
        "security/outgoing/guarded.py",
        "        return create_connection((address, self.port),",
        "        return create_connection((self._dns_host, self.port),",
        ("tests/attacks/test_outgoing.py",),
    ),
    Guard(
        "no address of the house is connected to",
        "security/outgoing/addresses.py",
        "        if not may_reach(one):\n",
        "        if not one:\n",
        ("tests/attacks/test_outgoing.py",),
    ),
    Guard(
        "what somebody sent stays within its line of the log",
        "config/log_lines.py",
        "        return visible(super().formatMessage(record))\n",
        "        return super().formatMessage(record)\n",
        ("tests/attacks/test_log_injection.py",),
    ),
    Guard(
        "a person's address is one address",
        "security/actions/people.py",
        '    if fields is None or "email" in fields:\n        _check_address(user.email)\n',
        "",
        ("tests/attacks/test_odd_names.py",),
    ),
    Guard(
        "a forged request of somebody signed in is refused",
        "security/api/authentication.py",
        "            super().enforce_csrf(request)\n",
        "            pass\n",
        ("tests/security/test_sign_in.py",),
    ),
)
