"""The guards the promises rest on: where each is, what the source looks like without it, and who should notice."""

from dataclasses import dataclass

_INGEST, _OUTGOING, _ASSIGNING = "tests/inbox/ingest", "tests/inbox/outgoing", "tests/inbox/assigning"


@dataclass(frozen=True)
class Guard:
    """``old`` is in ``file`` exactly once; ``profile`` is where its absence can show at all."""

    name: str
    file: str
    old: str
    new: str
    tests: tuple[str, ...]
    profile: str = "embedded"


GUARDS = (
    Guard(
        "a message is stored once (its WhatsApp id)",
        "inbox/actions/receive.py",
        " if ref not in known]",
        "]",
        (f"{_INGEST}/test_receiving.py", f"{_INGEST}/test_drainer.py"),
    ),
    Guard(
        "a body is stored once (its digest)",
        "inbox/ingest/group_commit.py",
        "digest=hashlib.sha256(body.content).digest()",
        "digest=hashlib.sha256(webhook_id.bytes).digest()",
        (f"{_INGEST}/test_endpoint.py", f"{_INGEST}/test_drainer.py"),
    ),
    Guard(
        "a body is acknowledged after its commit",
        "inbox/ingest/group_commit.py",
        "        await stored\n",
        "        del stored\n",
        (f"{_INGEST}/test_endpoint.py",),
    ),
    Guard(
        "only what Meta signed is taken in",
        "inbox/ingest/endpoint.py",
        "if not verify(body, header, channel.app_secrets, prefix=channel.provider.webhook_prefix):",
        "if channel is None:",
        (f"{_INGEST}/test_endpoint.py", f"{_INGEST}/test_signature.py"),
    ),
    Guard(
        "one drainer per channel (its lease)",
        "inbox/ingest/drainer.py",
        "    return until if free.update(drain_lease=until) else None",
        "    return until if _rows(channel_id).update(drain_lease=until) or free else None",
        (f"{_INGEST}/test_drainer.py",),
    ),
    Guard(
        "a lease from before the clock was set back is none",
        "inbox/ingest/drainer.py",
        " | Q(drain_lease__gt=latest)",
        "",
        (f"{_INGEST}/test_drainer.py",),
    ),
    Guard(
        "a batch is bounded in bytes",
        "inbox/ingest/drainer.py",
        "if chosen and total > policy.drain_kilobytes * 1024:",
        "if total < 0:",
        (f"{_INGEST}/test_drainer.py",),
    ),
    Guard(
        "a message is claimed by one worker (guarded update)",
        "inbox/actions/outgoing.py",
        'rows.filter(pk=first.pk, status="queued", due_at=first.due_at, attempts=first.attempts)',
        "rows.filter(pk=first.pk)",
        (f"{_OUTGOING}/test_sending.py",),
    ),
    Guard(
        "messages of one conversation leave in order",
        "inbox/actions/outgoing.py",
        'rows.filter(status__in=("queued", "sending"))',
        'rows.filter(status="queued")',
        (f"{_OUTGOING}/test_sending.py", f"{_OUTGOING}/test_faults.py"),
    ),
    Guard(
        "no call under a claim that was taken away",
        "inbox/actions/outgoing.py",
        "if not rows.update(claimed_at=now, calling_at=now):",
        "if rows.update(claimed_at=now, calling_at=now) < 0:",
        (f"{_OUTGOING}/test_lost_claims.py",),
    ),
    Guard(
        "what perhaps was sent is never sent again",
        "inbox/sending/outbox.py",
        "outgoing.record_unconfirmed(message=message, code=fault.code)",
        "outgoing.record_retry(message=message, code=fault.code, after=0)",
        (f"{_OUTGOING}/test_faults.py",),
    ),
    Guard(
        "a lost claim after the call is unconfirmed, not repeated",
        "inbox/actions/outgoing.py",
        "if message.calling_at is None:",
        "if message.status:",
        (f"{_OUTGOING}/test_lost_claims.py",),
    ),
    Guard(
        "a repeated send of a browser is the first one",
        "inbox/actions/replies.py",
        "    if found is not None:\n        found.repeated = True\n    return found",
        "    return None if found else found",
        (f"{_OUTGOING}/test_sending.py", "tests/inbox/test_conversations.py", f"{_OUTGOING}/test_repeating.py"),
    ),
    Guard(
        "no free text outside the window",
        "inbox/sending/rules.py",
        "if facts.kind != TEMPLATE and not window_open(facts):",
        "if facts.kind == TEMPLATE and not window_open(facts):",
        (f"{_OUTGOING}/test_window.py",),
    ),
    Guard(
        "a paused number makes no call",
        "inbox/sending/rules.py",
        "    if facts.channel_paused:",
        '    if facts.kind == "":',
        (f"{_OUTGOING}/test_pauses.py", f"{_OUTGOING}/test_faults.py"),
    ),
    Guard(
        "being throttled is no attempt, and not repeated at once",
        "inbox/sending/outbox.py",
        "except (NumberDown, Throttled) as fault:",
        "except NumberDown as fault:",
        (f"{_OUTGOING}/test_pauses.py",),
    ),
    Guard(
        "news of an account is stored once (Meta's keys)",
        "inbox/accounts/news.py",
        " if (pk, key) not in known]",
        "]",
        ("tests/inbox/accounts/test_news.py",),
    ),
    Guard(
        "a body speaks for its own account only",
        "inbox/accounts/news.py",
        'one.waba_id in ("", channel.waba_id)',
        'one.waba_id != "nobody"',
        ("tests/inbox/accounts/test_news.py",),
    ),
    Guard(
        "no marketing to whoever stopped it",
        "inbox/sending/rules.py",
        "    if facts.marketing_stopped:",
        '    if facts.kind == "":',
        ("tests/inbox/accounts/test_reactions.py",),
    ),
    Guard(
        "no utility template while WhatsApp restricts them",
        "inbox/sending/rules.py",
        "    if facts.utility_stopped:",
        '    if facts.kind == "":',
        ("tests/inbox/accounts/test_utility_restriction.py",),
    ),
    Guard(
        "an edit that is told again changes nothing",
        "inbox/ingest/amendments.py",
        "for row in fresh}",
        "for row in rows}",
        ("tests/inbox/ingest/test_amendments.py",),
    ),
    Guard(
        "a slot is taken once",
        "inbox/sending/pacer.py",
        "pace.update(next_slot_us=slot + step, next_turn_us=next_turn)",
        "pace.update(next_slot_us=slot, next_turn_us=next_turn)",
        (f"{_OUTGOING}/test_pacer.py",),
    ),
    Guard(
        "statuses only move forward",
        "inbox/actions/statuses.py",
        'elif RANK[status.status] > RANK.get(message.status, RANK["sent"]):',
        'elif RANK[status.status] >= RANK["accepted"]:',
        (f"{_OUTGOING}/test_statuses.py",),
    ),
    Guard(
        "a status is found by our own id",
        "inbox/actions/statuses.py",
        'message = messages.get(status.correlation or "")',
        'message = messages.get("")',
        (f"{_OUTGOING}/test_statuses.py", f"{_OUTGOING}/test_faults.py"),
    ),
    Guard(
        "events are numbered in the order of commits (the counter's lock)",
        "security/live/store.py",
        'cursor.execute(f"UPDATE {_HEADS} SET head = head + %s WHERE name = %s RETURNING head", [by, stream])\n',
        "seen = StreamHead.objects.values_list('head', flat=True).filter(pk=stream).first()\n"
        "        taken = [(seen or 0) + by, stream]\n"
        '        cursor.execute(f"UPDATE {_HEADS} SET head = %s WHERE name = %s RETURNING head", taken)\n',
        ("tests/security/test_numbering.py",),
        "services",
    ),
    Guard(
        "what was told between reading the heads and following them (overlap on catch-up)",
        "security/live/consumer.py",
        "await hub().check_heads(list(self.cursors))  # what was told between",
        "# what was told between",
        ("tests/security/live",),
    ),
    Guard(
        "a batch beyond a socket's cursor is preceded by what is missing",
        "security/live/consumer.py",
        "            await self._replay(batch.stream, batch.start)\n",
        "            pass\n",
        ("tests/security/live",),
    ),
    Guard(
        "no frame grows beyond what a server sends",
        "security/live/batch.py",
        "if lines and size + len(line) > FRAME_CHARACTERS:",
        "if size < 0:",
        ("tests/security/live/test_soundness.py",),
    ),
    Guard(
        "a cursor below the floor starts over",
        "security/live/consumer.py",
        "if any(not floors[name] <= since[name] <= heads[name] for name in since if name in heads):",
        "if any(since[name] > heads[name] for name in since if name in heads):",
        ("tests/security/live",),
    ),
    Guard(
        "a lost nudge heals with the heartbeat",
        "security/live/consumer.py",
        "                await hub().check_heads(list(self.cursors))\n                self._mend_pump()\n",
        "                self._mend_pump()\n",
        ("tests/security/live",),
    ),
    Guard(
        "one at a time gives out work (the turn's lock)",
        "inbox/actions/dispatch.py",
        "        AssignmentTurn.objects.select_for_update().get_or_create(pk=1)\n",
        "",
        (f"{_ASSIGNING}/test_at_once.py",),
        profile="services",
    ),
    Guard(
        "nobody is given more than their capacity",
        "inbox/assigning/choosing.py",
        "if worker.load >= worker.capacity:",
        "if worker.load < 0:",
        (f"{_ASSIGNING}/test_choosing.py", f"{_ASSIGNING}/test_dispatch.py"),
    ),
    Guard(
        "what somebody took meanwhile is not given away",
        "inbox/actions/dispatch.py",
        'rows = waiting_at(rule.channel_id).select_related("contact", "channel")',
        'rows = Conversation.objects.for_system(_WHY).select_related("contact", "channel")',
        (f"{_ASSIGNING}/test_at_once.py",),
        profile="services",
    ),
    Guard(
        "nobody is given what they could not see or answer",
        "inbox/actions/assignments.py",
        "return can_take_on(access_of(person), conversation)",
        "return True",
        ("tests/inbox/api/test_assigning.py",),
    ),
    Guard(
        "a lock closes every way of writing",
        "inbox/policies.py",
        "    return is_locked(conversation) and conversation.locked_by_id != access.user_id",
        "    return False",
        ("tests/inbox/together/test_locks.py",),
    ),
    Guard(
        "a promise is told once",
        "inbox/actions/sla.py",
        "        row.watch_at = None if broken else row.due_at\n",
        "",
        ("tests/inbox/together/test_sla.py",),
    ),
    Guard(
        "what changed meanwhile is not put back",
        "inbox/actions/undoing.py",
        'aspect_of(row, deed) == item["after"] and ',
        "",
        ("tests/inbox/together/test_bulk.py",),
    ),
)
