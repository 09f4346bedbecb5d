"""What the demo shop's people say to each other: a note with a mention, an answer to it, a handover that waits,
and what finance is to look at."""

from collections.abc import Mapping

from inbox.actions.handovers import hand_over
from inbox.actions.internal_notes import write_note
from inbox.actions.payment_marks import mark_payment
from inbox.models import Conversation
from security.access import access_of
from security.models import User

_WHY = "the demo's latest conversations"


def colleagues_talk(people: Mapping[str, User]) -> None:
    """In the newest conversations of Asia, so that a newcomer sees it at once."""
    ben, fay, dee = (people[name] for name in ("ben", "fay", "dee"))
    rows = Conversation.objects.for_system(_WHY).filter(region__code="asia", state="open", locked_until=None)
    newest = list(rows.order_by("-last_activity_at")[:8])
    if len(newest) < 2:
        return
    talk, given = newest[0], newest[1]
    questions = (
        (fay, f"<@person:{ben.pk}> 這位客人上個月也問過同一款壺，記得先查庫存再回覆。"),
        (ben, f"<@person:{fay.pk}> 查過了，倉庫還有兩把，我下午回他。"),
        (dee, "客人在意運費，滿額可以免運，請主動提一下。"),
    )
    for number, (author, text) in enumerate(questions):
        write_note(by=access_of(author), conversation_id=talk.pk, client_ref=f"demo-{number}", text=text)
    summary = {
        "asked": "想把禮盒改送到新地址，並加一張卡片。",
        "done": "已確認新地址，卡片內容也問到了。",
        "open": "請通知倉庫改地址，出貨後回覆客人單號。",
    }
    hand_over(by=access_of(fay), conversation_id=given.pk, person=ben.pk, summary=summary)
    for about_money in newest[2:6]:
        mark_payment(by=access_of(fay), conversation_id=about_money.pk)
