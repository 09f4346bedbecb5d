"""Running a macro on a conversation: all of its steps, or none (CM-7).

Every step is the action a person would call, with its own rules and the runner's rights, within one transaction: a step
that is refused takes the earlier ones with it, and messages leave only after the commit. A look beforehand is the same
run, rolled back: it says exactly what would be refused.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from inbox.actions.undoing import aspect_of, take_back
from inbox.canned.variables import Facts, known_values, variables_in
from inbox.crossing import refuse_crossing
from inbox.errors import TooLate, VariableMissing
from inbox.macros.steps import KINDS, SAYING, Run, Step, texts_of
from inbox.models import CannedReply, Conversation, InboxPolicy, Macro, MacroRun
from security.access import Access
from security.errors import Invalid, NotFound, Refusal, require
from security.writing import write

_WHY = "running a macro"
_REF_MAX = 56  # each step adds its number, and a ``client_ref`` has 64
_UNKNOWN = "…"


class _OnlyLooking(Exception):
    """Rolls a look back."""


@dataclass(frozen=True)
class Look:
    """What a run would do: the steps with their texts, what must be asked for, and why it would be refused."""

    variables: list[str]
    values: dict[str, str]
    refusal: Refusal | None


def run_macro(
    *,
    by: Access,
    conversation_id: object,
    macro_id: object,
    client_ref: str,
    values: Mapping[str, str],
    answers_seen: int | None = None,
) -> MacroRun:
    """Do all of its steps. A repeated ``client_ref`` does nothing and returns the first run. ``answers_seen``: as with
    a message; asked where a step says something to the customer."""
    if not 0 < len(client_ref) <= _REF_MAX:
        raise Invalid(field="client_ref")
    with write(by=by) as change:
        done: MacroRun | None = MacroRun.objects.visible_to(by).filter(client_ref=client_ref).first()
        if done is not None:
            return done
        conversation = _conversation(by, conversation_id)
        macro: Macro = Macro.objects.visible_to(by).get_or_404(macro_id)
        if any(step["kind"] in SAYING for step in macro.steps):
            refuse_crossing(by, conversation, answers_seen)
        filled = _values(by, conversation, macro.steps, values)
        row = MacroRun(
            conversation=conversation,
            macro=macro,
            run_by_id=by.user_id,
            client_ref=client_ref,
            key_id=conversation.contact.key_id,
            run_at=timezone.now(),
        )
        row.changes = _all(Run(by, conversation, client_ref, filled), macro.steps)
        row.save(force_insert=True)
        kinds = ", ".join(step["kind"] for step in macro.steps)
        change.record("macro.ran", conversation, macro=macro.name, steps=kinds)
    return row


def look_at_macro(*, by: Access, conversation_id: object, macro_id: object, values: Mapping[str, str]) -> Look:
    """Try it and take it back: nothing is kept and nothing leaves."""
    macro: Macro = Macro.objects.visible_to(by).get_or_404(macro_id)
    refusal: Refusal | None = None
    try:
        with write(by=by):
            conversation = _conversation(by, conversation_id)
            known = _values(by, conversation, macro.steps, values)
            wanted = _variables(by, macro.steps)
            tried = {**dict.fromkeys(wanted, _UNKNOWN), **known}
            _all(Run(by, conversation, "look", tried), macro.steps)
            raise _OnlyLooking
    except _OnlyLooking:
        pass
    except NotFound as absent:
        if absent.field is None:  # the conversation itself
            raise
        refusal = absent
    except Refusal as refused:
        refusal = refused
    if refusal is not None:
        conversation = Conversation.objects.visible_to(by).select_related("contact").get_or_404(conversation_id)
        known, wanted = _values(by, conversation, macro.steps, values), _variables(by, macro.steps)
    return Look(variables=wanted, values=known, refusal=refusal)


def undo_macro_run(*, by: Access, run_id: object) -> MacroRun:
    """Put back what its steps changed, the last first; what was sent or noted stays. Once, and not for long."""
    with write(by=by) as change:
        seen: MacroRun = MacroRun.objects.visible_to(by).get_or_404(run_id)
        rows = Conversation.objects.for_system(_WHY).select_related("contact", "channel")
        conversation: Conversation = rows.locked().get(pk=seen.conversation_id)
        row: MacroRun = MacroRun.objects.visible_to(by).locked().get_or_404(run_id)
        if row.undone_at is not None:
            return row
        require(timezone.now() <= undo_until(row), TooLate)
        for item in reversed(row.changes):
            if "before" in item:
                take_back(change, by, conversation, KINDS[item["kind"]].aspect, item)
        row.undone_at = timezone.now()
        row.save(update_fields=["undone_at"])
        change.record("macro.taken_back", conversation, steps=", ".join(undoable(row)))
    return row


def undo_until(row: MacroRun) -> Any:
    return row.run_at + timedelta(seconds=InboxPolicy.current().macro_undo_seconds)


def undoable(row: MacroRun) -> list[str]:
    """The kinds of its steps that changed something which can be put back."""
    return [item["kind"] for item in row.changes if "before" in item and item["before"] != item["after"]]


def forget_macro_runs() -> int:
    """Nobody takes them back any more, and no browser repeats them."""
    deleted: int = MacroRun.objects.for_system(_WHY).filter(run_at__lt=timezone.now() - timedelta(days=7)).delete()[0]
    return deleted


def _all(run: Run, steps: list[Step]) -> list[dict[str, Any]]:
    return [_one(run, step, number) for number, step in enumerate(steps)]


def _one(run: Run, step: Step, number: int) -> dict[str, Any]:
    kind = KINDS[step["kind"]]
    before = _aspect(run, kind.aspect)
    try:
        kind.do(run, step, number)
    except VariableMissing:
        raise
    except Refusal as refusal:
        raise _at_step(refusal, step, number) from None
    if not kind.aspect:
        return {"kind": step["kind"]}
    return {"kind": step["kind"], "before": before, "after": _aspect(run, kind.aspect)}


def _aspect(run: Run, aspect: str) -> dict[str, Any]:
    if not aspect:
        return {}
    rows = Conversation.objects.for_system(_WHY)
    return aspect_of(rows.get(pk=run.conversation.pk), aspect)


def _at_step(refusal: Refusal, step: Step, number: int) -> Refusal:
    """The same refusal, saying which step it was."""
    refusal.message = _("Step %(n)s: %(why)s") % {"n": number + 1, "why": refusal.message}
    refusal.field = ".".join(filter(None, (f"steps.{number}", refusal.field)))
    return refusal


def _conversation(by: Access, conversation_id: object) -> Conversation:
    rows = Conversation.objects.visible_to(by).select_related("contact", "channel")
    conversation: Conversation = rows.locked().get_or_404(conversation_id)
    require(by.can("inbox.reply_conversation"))
    return conversation


def _variables(by: Access, steps: list[Step]) -> list[str]:
    """Those its texts hold, in their order."""
    texts = [text for step in steps for text in _texts(by, step)]
    return list(dict.fromkeys(name for text in texts for name in variables_in(text)))


def _texts(by: Access, step: Step) -> list[str]:
    if step.get("reply_id"):  # one that is gone holds none: its step says that it is gone
        return list(CannedReply.objects.visible_to(by).filter(pk=step["reply_id"]).values_list("text", flat=True))
    return [text for name in KINDS[step["kind"]].texts for text in texts_of(step.get(name))]


def _values(by: Access, conversation: Conversation, steps: list[Step], given: Mapping[str, str]) -> dict[str, str]:
    """What is known, with what was given before it."""
    known = known_values(Facts(by, conversation), _variables(by, steps))
    return {**known, **{name: value for name, value in given.items() if value.strip()}}
