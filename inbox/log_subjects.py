"""What the inbox's lines in the operation log are about, as far as a reader sees it, and whose work it is."""

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any

from contacts.log_subjects import named_contacts
from inbox.keywords.policies import SEE as SEE_KEYWORDS
from inbox.models import (
    CannedReply,
    Channel,
    Conversation,
    Deletion,
    InternalNote,
    KeywordTerm,
    Macro,
    Media,
    Message,
    SavedView,
    StoredWebhook,
)
from security.access import Access
from security.encryption.keyring import open_keys
from security.log.subjects import Named, Seen, Whose, register_people, register_subject, register_viewed

_WHY = "who looked at it"


def _conversations(access: Access, ids: Collection[str]) -> Mapping[str, Named]:
    rows = Conversation.objects.visible_to(access).filter(pk__in=ids).select_related("contact")
    named = _by_contact((str(row.pk), row) for row in rows)
    return {**named, **_binned(access, [pk for pk in ids if pk not in named])}


def _binned(access: Access, ids: Collection[str]) -> dict[str, Named]:
    """Those in the bin, for whoever may look into it: named, with no page of their own."""
    if not ids or not access.can("inbox.delete_conversation"):
        return {}
    rows = Deletion.objects.visible_to(access).filter(conversation__in=ids, state__in=("binned", "purging"))
    named = _by_contact(
        (str(row.conversation_id), row.conversation) for row in rows.select_related("conversation__contact")
    )
    return {pk: Named(one.name) for pk, one in named.items()}


def _of_conversations(model: Any) -> Seen:
    def seen(access: Access, ids: Collection[str]) -> Mapping[str, Named]:
        rows = model.objects.visible_to(access).filter(pk__in=ids).select_related("conversation__contact")
        return _by_contact((str(row.pk), row.conversation) for row in rows)

    return seen


def _by_contact(pairs: Iterable[tuple[str, Conversation]]) -> dict[str, Named]:
    found = list(pairs)
    names = named_contacts([conversation.contact for _, conversation in found])
    return {
        pk: Named(names[conversation.contact_id], "conversation", str(conversation.pk)) for pk, conversation in found
    }


def _channels(access: Access, ids: Collection[str]) -> Mapping[str, Named]:
    rows = Channel.objects.visible_to(access).filter(pk__in=ids)
    opens = "channel" if access.can("inbox.manage_channel") else ""
    return {str(row.pk): Named(row.name, opens, str(row.pk)) for row in rows}


def _webhooks(access: Access, ids: Collection[str]) -> Mapping[str, Named]:
    rows = StoredWebhook.objects.filter(pk__in=ids, channel__in=Channel.objects.visible_to(access))
    places = {str(pk): str(channel) for pk, channel in rows.values_list("pk", "channel_id")}
    named = _channels(access, set(places.values()))
    return {pk: named[channel] for pk, channel in places.items()}


def _canned_replies(access: Access, ids: Collection[str]) -> Mapping[str, Named]:
    return {str(row.pk): Named(f"/{row.shortcut}") for row in CannedReply.objects.visible_to(access).filter(pk__in=ids)}


def _macros(access: Access, ids: Collection[str]) -> Mapping[str, Named]:
    return {str(row.pk): Named(row.name) for row in Macro.objects.visible_to(access).filter(pk__in=ids)}


def _saved_views(access: Access, ids: Collection[str]) -> Mapping[str, Named]:
    return {str(row.pk): Named(row.name) for row in SavedView.objects.visible_to(access).filter(pk__in=ids)}


def _keyword_terms(access: Access, ids: Collection[str]) -> Mapping[str, Named]:
    if not access.can(SEE_KEYWORDS):
        return {}
    rows = list(KeywordTerm.objects.visible_to(access).filter(pk__in=ids))
    open_keys(row.key_id for row in rows)
    return {str(row.pk): Named(row.text) for row in rows}


def _kept_conversations(ids: Collection[str]) -> Mapping[str, Whose]:
    rows = Conversation.objects.for_system(_WHY).filter(pk__in=ids)
    told = rows.values_list("pk", "region_id", "assignee_id")
    return {str(pk): Whose(region, frozenset(filter(None, [assignee]))) for pk, region, assignee in told}


def _somewhere(model: Any, region: str) -> Callable[[Collection[str]], Mapping[str, Whose]]:
    """Nobody's work in particular: every look is logged."""

    def kept(ids: Collection[str]) -> Mapping[str, Whose]:
        rows = model.objects.for_system(_WHY).filter(pk__in=ids)
        return {str(pk): Whose(place) for pk, place in rows.values_list("pk", region)}

    return kept


def register() -> None:
    register_subject("inbox.conversation", _conversations)
    register_subject("inbox.message", _of_conversations(Message))
    register_subject("inbox.internalnote", _of_conversations(InternalNote))
    register_subject("inbox.media", _of_conversations(Media))
    register_subject("inbox.channel", _channels)
    register_subject("inbox.storedwebhook", _webhooks)
    register_subject("inbox.cannedreply", _canned_replies)
    register_subject("inbox.macro", _macros)
    register_subject("inbox.savedview", _saved_views)
    register_subject("inbox.keywordterm", _keyword_terms)
    register_viewed("inbox.conversation", _kept_conversations)
    register_viewed("inbox.media", _somewhere(Media, "conversation__region_id"))
    register_viewed("inbox.channel", _somewhere(Channel, "region_id"))
    register_people("conversation.assigned", "before", "after")
    register_people("conversation.case_opened", "before", "after")
    register_people("conversation.lock_broken", "holder")
    register_people("conversation.handed_over", "person")
    for action in ("binned", "deletion_refused", "deletion_withdrawn", "deletion_lapsed", "purge_ordered"):
        register_people(f"conversation.{action}", "asker")
    register_people("reply.approved", "author")
    register_people("risk.raised", "given_to")
    register_people("risk.escalated", "given_to")
    register_people("risk.let_go", "given_to")
