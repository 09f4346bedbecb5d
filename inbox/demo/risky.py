"""One conversation in which something risky goes on, so that a newcomer sees at once what Kefu does about it (TS-7)."""

from collections.abc import Sequence

from inbox.actions.risk_lists import lay_risk_lists
from inbox.actions.risk_watch import watch_for_risk
from inbox.demo.accounts import BY
from inbox.demo.past import Past
from security.writing import write

_WORDS = "剛剛有人用你們的名義打電話要我匯款，這是詐騙吧？你們是詐騙集團嗎？我要報警了，不要再詐騙了！"


def choose_risky(pasts: Sequence[Past]) -> Past | None:
    """Of those whose customer waits, the one that waits for the shortest; what they wrote last is written anew."""
    waiting = [past for past in pasts if _fits(past)]
    if not waiting:
        return None
    past = max(waiting, key=lambda one: one.messages[-1].at)
    past.messages[-1].content = {**past.messages[-1].content, "text": _WORDS}
    return past


def raise_risky(past: Past | None) -> None:
    """As if the words had just come in."""
    lay_risk_lists()
    if past is None:
        return
    with write(by=BY) as change:
        watch_for_risk(change, past.conversation.region_id, [past.messages[-1]])


def _fits(past: Past) -> bool:
    row, talk = past.messages[-1] if past.messages else None, past.conversation
    if row is None or talk.state != "open" or talk.waiting_since is None or talk.payment_marked_at is not None:
        return False
    chinese = talk.contact.language.startswith("zh") and talk.contact.country == "TW"
    return chinese and row.direction == "in" and row.kind == "text" and talk.last_message_id == row.pk
