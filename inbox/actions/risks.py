"""What people do with a risky conversation, and what happens when nobody does (TS-7)."""

from uuid import UUID

from django.utils import timezone

from inbox.actions.assignments import Reason, give_to
from inbox.actions.risk_raising import raise_risk, running_case, save_standing, tell_people, wake_for_risk
from inbox.errors import NotRisky, RiskTaken
from inbox.models import Conversation, RiskCase, RiskRule
from inbox.models.conversation import PRIORITIES
from inbox.models.risk import MOST_SEVERE, RISK_KINDS, WAITING
from inbox.policies import BINNED, is_locked, locked_against, refusal_of
from inbox.risk.people import Crew, best_of, due_after, levels_of, may_close, may_deal, next_level
from inbox.telling import LeftScopes, tell
from security.access import Access, System
from security.actions.reasons import check_reason
from security.errors import Invalid, require
from security.models import User
from security.one_by_one import each_alone
from security.writing import Change, write

_WHY = "what is risky"
_BY = System("risks that nobody took")
_MOST = 500


def flag_risk(*, by: Access, conversation_id: object, kind: str, reason: str) -> Conversation:
    """Somebody saw what no list knows. Of one that is risky already it only says so. A lock does not keep anybody from
    saying it."""
    if kind not in dict(RISK_KINDS):
        raise Invalid(field="kind")
    check_reason(reason)
    with write(by=by) as change:
        conversation = _seen(by, conversation_id)
        require(by.can("inbox.flag_risk"))
        rules = RiskRule.objects.for_system(_WHY).filter(region_id=conversation.region_id, kind=kind)
        rule = rules.first() or RiskRule(kind=kind, severity=MOST_SEVERE - 1)
        _case, left = raise_risk(change, by, conversation, rule, Crew(conversation.region_id), note=reason.strip())
        tell(change, conversations=[conversation], left_scopes=left)
    return conversation


def take_risk(*, by: Access, conversation_id: object) -> Conversation:
    """It is mine to deal with, and so is the conversation; nobody further is told. Twice is once."""
    with write(by=by) as change:
        conversation = _seen(by, conversation_id)
        case = _running(conversation)
        require(may_deal(by, conversation, case))
        if case.taken_by_id == by.user_id:
            return conversation
        require(case.taken_by_id is None or _is_left(conversation, case.taken_by_id), RiskTaken)
        left = _take(change, by, conversation, case)
        if not left:
            save_standing(conversation)
        tell(change, conversations=[conversation], left_scopes=left)
    return conversation


def take_by_answering(change: Change, by: Access, conversation: Conversation) -> LeftScopes:
    """Whoever may deal with what is risky and answers the customer has taken it. The caller holds the lock, saves the
    conversation, and tells it with what is returned; where nothing is risky this asks nothing."""
    case = running_case(conversation)
    if case is None or case.state not in WAITING or not may_deal(by, conversation, case):
        return {}
    return _take(change, by, conversation, case)


def _take(change: Change, by: Access, conversation: Conversation, case: RiskCase) -> LeftScopes:
    case.state, case.due_at = "taken", None
    case.taken_by_id, case.taken_at = by.user_id, timezone.now()
    case.save(update_fields=["state", "due_at", "taken_by", "taken_at"])
    left: LeftScopes = {}
    if conversation.assignee_id != by.user_id and not locked_against(by, conversation):
        left = give_to(change, by, conversation, by.user_id, Reason("risk", ended_how="risk"))
    seconds = int((case.taken_at - case.raised_at).total_seconds())
    change.record("risk.taken", conversation, kind=case.kind, seconds=seconds)
    return left


def close_risk(*, by: Access, conversation_id: object, reason: str, false_alarm: bool) -> Conversation:
    """It is dealt with, or never was one; the conversation presses as it did before."""
    check_reason(reason)
    with write(by=by) as change:
        conversation = _seen(by, conversation_id)
        case = _running(conversation)
        require(
            may_close(by, conversation, case) and not locked_against(by, conversation), refusal_of(by, conversation)
        )
        case.state, case.due_at = "false_alarm" if false_alarm else "closed", None
        case.closed_by_id, case.closed_at, case.reason = by.user_id, timezone.now(), reason.strip()
        case.save(update_fields=["state", "due_at", "closed_by", "closed_at", "reason"])
        conversation.risk_severity = 0
        if conversation.priority == PRIORITIES["urgent"]:
            conversation.priority = case.priority_before
        save_standing(conversation)
        change.record("risk.closed", conversation, kind=case.kind, how=case.state)
        tell(change, conversations=[conversation])
    return conversation


def escalate_due() -> int:
    """Tell the next ones of everything that nobody took in time; returns how many that were."""
    due = RiskCase.objects.for_system(_WHY).filter(due_at__lte=timezone.now()).order_by("due_at")
    due = due.exclude(conversation__state=BINNED)  # nobody could open it; it goes on when it is restored
    return each_alone(_escalate, list(due.values_list("pk", "conversation_id")[:_MOST]), what="risk")


def _escalate(case_id: UUID, conversation_id: UUID) -> bool:
    """Under the conversation's lock, so that of several sweepers one does it."""
    with write(by=_BY) as change:
        rows = Conversation.objects.for_system(_WHY).select_related("contact", "channel")
        conversation: Conversation = rows.locked().get(pk=conversation_id)
        case = RiskCase.objects.for_system(_WHY).get(pk=case_id)
        now = timezone.now()
        if conversation.state == BINNED or case.state not in WAITING or case.due_at is None or case.due_at > now:
            return False
        crew = Crew(conversation.region_id)
        levels = levels_of(conversation, crew)
        at = next_level(levels, case.level)
        case.state, case.due_at = "escalated", None
        if at is not None:
            level = levels[at]
            case.level, case.due_at, case.given_to_id = at, due_after(level), best_of(level, crew)
            tell_people(change, conversation, case, level, kind="risk.escalated")
        case.save(update_fields=["state", "due_at", "level", "given_to"])
        wake_for_risk(conversation)
        save_standing(conversation)
        change.record(
            "risk.escalated" if at is not None else "risk.untaken",
            conversation, kind=case.kind, level=case.level, given_to=case.given_to_id,
        )  # fmt: skip
        tell(change, conversations=[conversation])
    return True


def _is_left(conversation: Conversation, taker: int) -> bool:
    """Whoever took it has left, or the conversation is no longer theirs: somebody else may take it."""
    theirs = conversation.assignee_id == taker or is_locked(conversation)
    return not theirs or not User.objects.filter(pk=taker, is_active=True).exists()


def _seen(by: Access, conversation_id: object) -> Conversation:
    rows = Conversation.objects.visible_to(by).select_related("contact", "channel")
    found: Conversation = rows.locked().get_or_404(conversation_id)
    return found


def _running(conversation: Conversation) -> RiskCase:
    case = running_case(conversation)
    if case is None:
        raise NotRisky
    return case
