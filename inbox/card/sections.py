"""Past cases, files and links of a contact, as far as the reader sees their conversations and how far back."""

import re
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from contacts.card.sections import register_section
from contacts.card.shapes import CardEntryShape, card_entry
from contacts.models import Contact
from contacts.shapes import AuthorShape
from inbox.media_links import media_url
from inbox.models import Case, Conversation, Media, Message, QaReview, Resolution, RiskCase
from security.access import Access
from security.encryption.keyring import open_keys
from security.names import names_of

_WHY = "cases of conversations that were opened for the reader"
_LOOKED_THROUGH = 200  # messages; links are found by reading
_LINK = re.compile(r"https?://[^\s<>\"'，。！？、）)】」]+")


def register() -> None:
    register_section("cases", cases)
    register_section("files", files)
    register_section("links", links)


def cases(access: Access, contact: Contact, count: int) -> Sequence[CardEntryShape]:
    """Newest first, with who had it last, and what was noticeable about it."""
    rows = list(_talks(access, contact).values("pk", "channel__name", "assignee_id"))
    talks = {row["pk"]: row for row in rows}
    found = list(
        Case.objects.for_system(_WHY).filter(conversation__in=talks).order_by("-opened_at", "-pk")[: count + 1]
    )
    if not found:
        return []
    ended = Resolution.objects.for_system(_WHY).filter(case__in=found, reopened_at=None)
    over = {row.case_id: row for row in ended}
    judged = QaReview.objects.visible_to(access).filter(case__in=found, passed=False)
    failed = set(judged.values_list("case_id", flat=True))
    risks = list(_risks(talks))
    names = names_of([row.resolved_by_id for row in over.values()])
    return [_case(case, talks[case.conversation_id], over.get(case.pk), failed, risks, names) for case in found]


def files(access: Access, contact: Contact, count: int) -> Sequence[CardEntryShape]:
    rows = Media.objects.visible_to(access).filter(conversation__contact=contact, state="ready").exclude(file="")
    found = list(rows.exclude(message=None).select_related("message").order_by("-created_at", "-pk")[: count + 1])
    open_keys(row.key_id for row in found)
    return [
        card_entry(
            id=str(row.pk),
            kind="file",
            at=row.created_at,
            title=row.name or "",
            state=row.kind,
            items=[row.mime_type],
            url=media_url(row.pk, thumbnail=bool(row.thumbnail)) if row.kind == "image" else media_url(row.pk),
            conversation_id=str(row.conversation_id),
        )
        for row in found
    ]


def links(access: Access, contact: Contact, count: int) -> Sequence[CardEntryShape]:
    """What was sent lately, by either side: each address once."""
    talks = list(_talks(access, contact).values_list("pk", flat=True))
    rows = Message.objects.visible_to(access).filter(conversation__in=talks, kind="text").order_by("-at", "-pk")
    said = list(rows.only("key_id", "content", "at", "conversation_id", "direction")[:_LOOKED_THROUGH]) if talks else []
    open_keys(row.key_id for row in said)
    found: dict[str, CardEntryShape] = {}
    for row in said:
        for found_url in _LINK.findall(str(row.content.get("text", ""))):
            url = found_url.rstrip(".,;:!?")
            found.setdefault(url, _link(url, row))
        if len(found) > count:
            break
    return list(found.values())


def _talks(access: Access, contact: Contact) -> Any:
    return Conversation.objects.visible_to(access).filter(contact=contact)


def _risks(talks: dict[UUID, Any]) -> Any:
    rows = RiskCase.objects.for_system(_WHY).filter(conversation__in=talks).exclude(state="false_alarm")
    return rows.values_list("conversation_id", "kind", "raised_at")


def _case(
    case: Case, talk: Any, over: Resolution | None, failed: set[int], risks: list[Any], names: dict[int, str]
) -> CardEntryShape:
    ended = over.resolved_at if over is not None else None
    marks = [
        kind
        for conversation_id, kind, at in risks
        if conversation_id == case.conversation_id and at >= case.opened_at and (ended is None or at <= ended)
    ]
    who = over.resolved_by_id if over is not None else talk["assignee_id"]
    return card_entry(
        id=str(case.pk),
        kind="case",
        at=case.opened_at,
        title=str(case.number),
        state="resolved" if over is not None else "open",
        items=[talk["channel__name"]],
        marks=[*dict.fromkeys(marks), *(["qa_failed"] if case.pk in failed else [])],
        conversation_id=str(case.conversation_id),
        by=AuthorShape(who, names.get(who, "")) if over is not None and who is not None else None,
        ended_at=ended,
    )


def _link(url: str, row: Message) -> CardEntryShape:
    return card_entry(
        id=f"{row.pk}",
        kind="link",
        at=row.at,
        title=url,
        state=row.direction,
        url=url,
        conversation_id=str(row.conversation_id),
    )
