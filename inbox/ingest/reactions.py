"""Emoji on messages: the newest word of each side wins, and a reaction may arrive before its message."""

from collections.abc import Sequence

from contacts.models import Contact
from inbox.models import Conversation, Message, Reaction
from inbox.whatsapp.wire import Incoming

_WHY = "applying reactions"


def apply_reactions(
    reactions: Sequence[tuple[Conversation, Contact, Incoming]], *, side: str = "contact"
) -> set[Message]:
    """Store contacts' reactions, or those of our own side that were put there from the phone; returns the messages
    whose reactions changed, with their version raised."""
    changed: set[Message] = set()
    for conversation, contact, message in reactions:
        target = (
            Message.objects.for_system(_WHY).filter(conversation=conversation, provider_ref=message.reaction_to).first()
        )
        existing = (
            Reaction.objects.for_system(_WHY)
            .filter(conversation=conversation, target_ref=message.reaction_to, side=side)
            .first()
        )
        if existing is not None and existing.at > message.at:
            continue  # a late webhook about an older reaction
        reaction = existing or Reaction(
            conversation=conversation, target_ref=message.reaction_to, side=side, key_id=contact.key_id
        )
        # A removal stays as an empty emoji: a repeated older webhook must not bring the reaction back.
        reaction.emoji, reaction.at, reaction.target = message.content["emoji"], message.at, target
        reaction.save()
        if target is not None:
            changed.add(target)
    return _raise_versions(changed)


def attach_waiting(rows: Sequence[Message]) -> set[Message]:
    """Reactions that overtook their message find it now."""
    by_ref = {(row.conversation_id, row.provider_ref): row for row in rows}
    waiting = Reaction.objects.for_system(_WHY).filter(
        target=None, conversation_id__in={row.conversation_id for row in rows}
    )
    found: set[Message] = set()
    for reaction in waiting:
        target = by_ref.get((reaction.conversation_id, reaction.target_ref))
        if target is not None:
            reaction.target = target
            reaction.save(update_fields=["target"])
            found.add(target)
    return found


def take_off_failed(rows: Sequence[Message]) -> set[Message]:
    """Emoji of ours that did not reach the customer are not shown; returns the messages that lost one. An emoji that
    was put there after the failed one stays: it is on its way itself."""
    bare: set[Message] = set()
    for row in rows:
        if row.kind != "reaction" or row.direction != "out" or row.status != "failed":
            continue
        ours = Reaction.objects.for_system(_WHY).filter(conversation_id=row.conversation_id, side="team")
        shown = ours.filter(target_ref=row.content.get("target_ref", ""), at__lte=row.at).select_related("target")
        for reaction in shown:
            if reaction.emoji:
                reaction.emoji = ""
                reaction.save(update_fields=["emoji"])
                bare.update([reaction.target] if reaction.target is not None else [])
    return _raise_versions(bare)


def _raise_versions(messages: set[Message]) -> set[Message]:
    for message in messages:
        message.version += 1
        message.save(update_fields=["version"])
    return messages
