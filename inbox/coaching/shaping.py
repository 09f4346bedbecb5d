"""Shapes of held replies and reviews, for many rows with a fixed number of queries."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, Subquery

from contacts.queries import phones_of
from contacts.shapes import AuthorShape, display_name
from inbox.coaching.criteria import Criterion, criteria_of, hint_of, name_of
from inbox.coaching.policies import may_mentor
from inbox.coaching.shapes import (
    CriterionShape,
    DrawShape,
    HeldCommentShape,
    HeldReplyShape,
    RemarkShape,
    ReviewShape,
    ScoreShape,
)
from inbox.content import EDITABLE, preview
from inbox.models import Conversation, HeldComment, HeldReply, InboxPolicy, Message, QaRemark, QaReview, QaScore
from inbox.shaping import message_shapes
from security.access import Access
from security.encryption.keyring import open_keys
from security.names import names_of

_WHY = "parts of rows already opened for the reader"
Names = dict[int, str]


def held_shapes(rows: Sequence[HeldReply], *, reader: Access) -> list[HeldReplyShape]:
    """Expects ``message``, ``conversation``, its ``contact`` and ``channel`` loaded."""
    open_keys(row.key_id for row in rows)
    comments: dict[UUID, list[HeldComment]] = defaultdict(list)
    for comment in HeldComment.objects.for_system(_WHY).filter(held__in=rows).order_by("at", "id"):
        comments[comment.held_id].append(comment)
    names = names_of(
        [pk for row in rows for pk in (row.trainee_id, row.decided_by_id)]
        + [one.author_id for some in comments.values() for one in some]
    )
    contacts = [row.conversation.contact for row in rows]
    phones, questions = phones_of(contacts), _questions(rows, reader)
    told = message_shapes([row.message for row in rows])
    window = timedelta(hours=InboxPolicy.current().window_hours)
    return [
        HeldReplyShape(
            id=str(row.pk),
            revision=row.revision,
            state=row.state,
            edited=row.edited,
            before=row.before if row.edited else None,
            editable=row.message.kind in EDITABLE,
            answers_seen=row.answers_seen,
            answer_count=row.conversation.answer_count,
            alarms=row.alarms,
            held_at=row.held_at,
            decided_at=row.decided_at,
            decided_by=author(row.decided_by_id, names),
            trainee=author(row.trainee_id, names),
            conversation_id=str(row.conversation_id),
            contact_name=display_name(row.conversation.contact, phones.get(row.conversation.contact_id)),
            window_closes_at=_closes(row.conversation, window),
            question=questions.get(row.pk),
            message=shape,
            comments=[_comment(one, names) for one in comments[row.pk]],
            mine=row.trainee_id == reader.user_id,
            may_decide=row.state == "waiting" and may_mentor(reader, row.trainee_id),
        )
        for row, shape in zip(rows, told, strict=True)
    ]


def _comment(one: HeldComment, names: Names) -> HeldCommentShape:
    return HeldCommentShape(id=str(one.pk), author=author(one.author_id, names), text=one.text, at=one.at)


def _closes(conversation: Conversation, window: timedelta) -> datetime | None:
    heard = conversation.window_from
    return heard + window if heard is not None else None


def _questions(rows: Sequence[HeldReply], reader: Access) -> dict[UUID, str]:
    """What the customer said last before each that waits, as far back as the reader reads (SE-5); those decided on have
    the thread for that. Two queries whatever their number, each row's from an index."""
    waiting = [row.pk for row in rows if row.state == "waiting"]
    if not waiting:
        return {}
    heard: Any = Message.objects.visible_to(reader)
    heard = heard.filter(conversation_id=OuterRef("conversation_id"), direction="in", at__lte=OuterRef("message__at"))
    last = Subquery(heard.order_by("-at", "-id").values("pk")[:1])
    asked = HeldReply.objects.for_system(_WHY).filter(pk__in=waiting).annotate(question_id=last)
    by_reply = {pk: said for pk, said in asked.values_list("pk", "question_id") if said is not None}
    said = Message.objects.visible_to(reader).in_bulk(list(set(by_reply.values())))
    return {pk: preview(said[one].kind, said[one].content) for pk, one in by_reply.items() if one in said}


def remark_shapes(rows: Sequence[QaRemark], names: Names | None = None) -> list[RemarkShape]:
    open_keys(row.key_id for row in rows)
    known = names if names is not None else names_of([row.author_id for row in rows])
    return [
        RemarkShape(
            id=str(row.pk),
            review_id=str(row.review_id),
            message_id=str(row.message_id),
            author=author(row.author_id, known),
            text=row.text,
            at=row.at,
        )
        for row in rows
    ]


def review_shapes(rows: Sequence[QaReview], *, reader: Access) -> list[ReviewShape]:
    """Expects ``case`` and ``draw`` loaded."""
    open_keys(row.key_id for row in rows)
    scores: dict[UUID, list[QaScore]] = defaultdict(list)
    for score in QaScore.objects.for_system(_WHY).filter(review__in=rows).order_by("position", "id"):
        scores[score.review_id].append(score)
    remarks: dict[UUID, list[QaRemark]] = defaultdict(list)
    for remark in QaRemark.objects.for_system(_WHY).filter(review__in=rows).order_by("at", "id"):
        remarks[remark.review_id].append(remark)
    people = [pk for row in rows for pk in (row.person_id, row.reviewer_id)]
    names = names_of(people + [one.author_id for some in remarks.values() for one in some])
    contacts = _contact_names(rows, reader)
    forms = {region: criteria_of(region) for region in {row.region_id for row in rows if row.state == "open"}}
    return [
        ReviewShape(
            id=str(row.pk),
            region_id=row.region_id,
            person=author(row.person_id, names),
            conversation_id=str(row.conversation_id),
            contact_name=contacts.get(row.conversation_id),
            case_number=row.case.number,
            resolved_at=row.resolved_at,
            state=row.state,
            passed=row.passed,
            percent=row.percent,
            summary=row.summary,
            reviewer=author(row.reviewer_id, names),
            scored_at=row.scored_at,
            acknowledged_at=row.acknowledged_at,
            answer=row.answer,
            created_at=row.created_at,
            draw=_draw(row),
            form=criterion_shapes(forms[row.region_id]) if row.state == "open" else [],
            scores=[ScoreShape(one.key, name_of(one.key, one.name), one.kind, one.score) for one in scores[row.pk]],
            remarks=remark_shapes(remarks[row.pk], names),
            mine=row.person_id == reader.user_id,
        )
        for row in rows
    ]


def criterion_shapes(form: Iterable[Criterion]) -> list[CriterionShape]:
    return [
        CriterionShape(
            key=one.key, name=name_of(one.key, one.name), hint=hint_of(one.key, one.name, one.hint), kind=one.kind,
            own=one.name,
        )
        for one in form
    ]  # fmt: skip


def author(user_id: int | None, names: Names) -> AuthorShape | None:
    return None if user_id is None else AuthorShape(id=user_id, name=names.get(user_id, ""))


def _contact_names(rows: Sequence[QaReview], reader: Access) -> dict[UUID, str]:
    """Of the conversations the reader sees."""
    wanted = {row.conversation_id for row in rows}
    seen: Any = Conversation.objects.visible_to(reader).filter(pk__in=wanted).select_related("contact")
    talks = list(seen)
    phones = phones_of([talk.contact for talk in talks])
    return {talk.pk: display_name(talk.contact, phones.get(talk.contact_id)) for talk in talks}


def _draw(row: QaReview) -> DrawShape | None:
    draw = row.draw
    if draw is None:
        return None
    return DrawShape(draw.seed, draw.since, draw.until, draw.wanted, draw.candidates, draw.drawn_at)
