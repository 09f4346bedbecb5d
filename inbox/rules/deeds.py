"""What a rule can do with a conversation. Each calls the action a person would call."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from contacts.conditions.facts import Choice
from contacts.conditions.of_tags import tag_choices
from contacts.consent.marketing import STOPPED, SUPPRESSED, MarketingFacts, marketing_refusal
from contacts.models import Contact
from contacts.models.tag import CONVERSATION
from contacts.rules.deeds import (
    DeedKind,
    Done,
    Field,
    Firing,
    register_conversation_finder,
    register_deed,
)
from inbox.actions.assignments import assign_conversation, assign_to_team
from inbox.actions.notifications import notify
from inbox.actions.priorities import set_priority
from inbox.actions.service_messages import say_by_itself
from inbox.actions.tagging import tag_conversation, untag_conversation
from inbox.actions.undoing import aspect_of, take_back
from inbox.errors import BY_VERDICT
from inbox.models import Channel, Conversation, ConversationTag, KnownTemplate
from inbox.rules.facts import priorities
from security.access import Access
from security.errors import Conflict, NotFound, require
from security.models import Team, User
from security.writing import Change, write

_WHY = "what a rule does"
_TEXT_MAX = 4096


def _talk(firing: Firing) -> Conversation:
    rows = Conversation.objects.for_system(_WHY).select_related("contact", "channel__assignment_rule")
    found: Conversation = rows.locked().get_or_404(firing.talk)
    return found


def _changing(aspect: str, act: Callable[[Firing, Mapping[str, Any]], object]) -> Any:
    """Do it and keep what it takes to put it back."""

    def do(firing: Firing, values: Mapping[str, Any]) -> Done:
        with write(by=firing.by):
            before = aspect_of(_talk(firing), aspect)
            act(firing, values)
            after = aspect_of(_talk(firing), aspect)
        return {"before": before, "after": after} if before != after else None

    return do


def _putting_back(aspect: str) -> Any:
    def undo(change: Change, by: Access, firing: Firing, done: Mapping[str, Any]) -> None:
        take_back(change, by, _talk(firing), aspect, dict(done))

    return undo


def _priority(firing: Firing, values: Mapping[str, Any]) -> None:
    set_priority(by=firing.by, conversation_id=firing.talk, priority=values["priority"])


def _assign(firing: Firing, values: Mapping[str, Any]) -> None:
    assign_conversation(by=firing.by, conversation_id=firing.talk, to=int(values["person"]))


def _to_team(firing: Firing, values: Mapping[str, Any]) -> None:
    assign_to_team(by=firing.by, conversation_id=firing.talk, team_id=int(values["team"]))


def _tag(firing: Firing, values: Mapping[str, Any]) -> Done:
    tag_id = UUID(values["tag"])
    new = tag_conversation(by=firing.by, conversation_id=firing.talk, tag_id=tag_id, run_id=firing.by.run_id)
    return {"tag": values["tag"]} if new else None


def _untag(firing: Firing, values: Mapping[str, Any]) -> Done:
    tag_id = UUID(values["tag"])
    was = untag_conversation(by=firing.by, conversation_id=firing.talk, tag_id=tag_id, run_id=firing.by.run_id)
    return {"tag": values["tag"]} if was else None


def _take_tag_off(change: Change, by: Access, firing: Firing, done: Mapping[str, Any]) -> None:
    rows = ConversationTag.objects.for_system(_WHY).filter(conversation_id=firing.talk, tag_id=done["tag"])
    require(rows.filter(run_id=firing.by.run_id).exists(), Conflict)
    untag_conversation(by=by, conversation_id=firing.talk, tag_id=UUID(done["tag"]), run_id=firing.by.run_id)


def _put_tag_on(change: Change, by: Access, firing: Firing, done: Mapping[str, Any]) -> None:
    tag_conversation(by=by, conversation_id=firing.talk, tag_id=UUID(done["tag"]))


def _notify(firing: Firing, values: Mapping[str, Any]) -> Done:
    with write(by=firing.by) as change:
        people = [int(one) for one in values["people"]]
        notify(change, to=people, kind="rule.notice", conversation=_talk(firing), rule=firing.by.reason)
    return {}


def _send_text(firing: Firing, values: Mapping[str, Any]) -> Done:
    return _say(firing, "text", {"text": values["text"]})


def _send_template(firing: Firing, values: Mapping[str, Any]) -> Done:
    name, _bar, language = values["template"].partition("|")
    content = {"name": name, "language": language, "components": [], "text": values["text"]}
    return _say(firing, "template", content)


def _say(firing: Firing, kind: str, content: dict[str, Any]) -> Done:
    with write(by=firing.by) as change:
        talk, ref = _talk(firing), f"rule:{firing.by.run_id}:{firing.place}"
        if kind == "text":
            _refuse_offers(talk.contact)
        sent = say_by_itself(change, firing.by, talk, ref=ref, kind=kind, content=content)
        if sent is None:
            raise NotFound
    return {"message": str(sent.pk)}


def _refuse_offers(contact: Contact) -> None:
    """What a rule writes is no answer of anybody: whoever stopped marketing, or was taken out of it, gets none of it,
    whatever it says. Templates are asked about by their category."""
    refusal = marketing_refusal(MarketingFacts.of(contact))
    if refusal in (STOPPED, SUPPRESSED):
        raise BY_VERDICT[refusal]


def _people(region_id: int) -> list[Choice]:
    rows = User.objects.filter(is_active=True, memberships__region_id=region_id).order_by("name")
    return [Choice(str(pk), name) for pk, name in rows.values_list("pk", "name").distinct()]


def _teams(region_id: int) -> list[Choice]:
    rows = Team.objects.filter(region_id=region_id).order_by("name")
    return [Choice(str(pk), name) for pk, name in rows.values_list("pk", "name")]


def _talk_tags(region_id: int) -> list[Choice]:
    return tag_choices(region_id, CONVERSATION)


def _templates(region_id: int) -> list[Choice]:
    accounts = Channel.objects.for_system(_WHY).filter(region_id=region_id).values_list("waba_id", flat=True)
    rows = KnownTemplate.objects.filter(waba_id__in=set(accounts)).exclude(status__in=("REJECTED", "DISABLED"))
    keys = rows.order_by("name", "language").values_list("name", "language").distinct()
    return [Choice(f"{name}|{language}", f"{name} ({language})") for name, language in keys]


def newest_conversation(contact_id: UUID) -> UUID | None:
    rows = Conversation.objects.for_system(_WHY).filter(contact_id=contact_id).exclude(state="binned")
    found: UUID | None = rows.order_by("-last_activity_at").values_list("pk", flat=True).first()
    return found


def register() -> None:
    register_conversation_finder(newest_conversation)
    tag = Field("tag", _("tag"), "choice", choices=_talk_tags)
    text = Field("text", _("text"), "text", longest=_TEXT_MAX)
    for kind in (*_changes(tag), *_messages(text)):
        register_deed(kind)


def _changes(tag: Field) -> tuple[DeedKind, ...]:
    return (
        DeedKind(
            "tag_conversation", _("Tag the conversation"), _("tag the conversation %(tag)s"), (tag,),
            _tag, _take_tag_off, talks=True,
        ),
        DeedKind(
            "untag_conversation", _("Take a tag off the conversation"), _("take %(tag)s off the conversation"), (tag,),
            _untag, _put_tag_on, talks=True,
        ),
        DeedKind(
            "set_priority", _("Set the priority"), _("set the priority to %(priority)s"),
            (Field("priority", _("priority"), "choice", choices=priorities),),
            _changing("priority", _priority), _putting_back("priority"), talks=True,
        ),
        DeedKind(
            "assign_person", _("Assign to somebody"), _("assign it to %(person)s"),
            (Field("person", _("person"), "choice", choices=_people),),
            _changing("assign", _assign), _putting_back("assign"), talks=True,
        ),
        DeedKind(
            "assign_team", _("Give to a team"), _("give it to the team %(team)s"),
            (Field("team", _("team"), "choice", choices=_teams),),
            _changing("team", _to_team), _putting_back("team"), talks=True,
        ),
    )  # fmt: skip


def _messages(text: Field) -> tuple[DeedKind, ...]:
    return (
        DeedKind(
            "notify", _("Notify people"), _("notify %(people)s"),
            (Field("people", _("people"), "choices", choices=_people),), _notify, talks=True,
        ),
        DeedKind(
            "send_text", _("Send a message"), _("send “%(text)s”"), (text,), _send_text, talks=True,
        ),
        DeedKind(
            "send_template", _("Send a template"), _("send the template %(template)s"),
            (Field("template", _("template"), "choice", choices=_templates), text), _send_template, talks=True,
        ),
    )  # fmt: skip
