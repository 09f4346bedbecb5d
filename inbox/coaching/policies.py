"""Who sees replies that wait for a mentor and reviews, and who decides on them: as SQL and over ids."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q

from inbox.policies import BINNED, message_scope, sees_message
from security.access import Access, Scope
from security.streams import register_audience
from security.trainees import LEAD

if TYPE_CHECKING:
    from inbox.models import HeldReply, QaReview

REVIEW = "inbox.review_case"


def visible_held(access: Access, *, of: str = "") -> Q:
    """What was decided on a reply, and the words about it: the trainee's own, for their mentors, and for whoever leads
    trainees. Besides, one must see the message; it stands in the thread for everybody who reads that."""
    if access.can(LEAD):
        return Q()
    return Q(**{f"{of}trainee_id": access.user_id}) | Q(**{f"{of}trainee_id__in": access.mentor_of})


def sees_held(access: Access, scope: Scope) -> bool:
    """The same over the message's scope with ``trainee_id``."""
    concerned = scope["trainee_id"] == access.user_id or scope["trainee_id"] in access.mentor_of
    return sees_message(access, scope) and (concerned or access.can(LEAD))


def held_scope(row: HeldReply) -> dict[str, object]:
    """Expects ``message`` with its ``conversation`` loaded."""
    return {**message_scope(row.message), "trainee_id": row.trainee_id}


def may_mentor(access: Access, trainee_id: int | None) -> bool:
    """Whether somebody decides on what this trainee wrote: nobody on their own."""
    return trainee_id != access.user_id and (access.can(LEAD) or trainee_id in access.mentor_of)


def visible_reviews(access: Access, *, of: str = "") -> Q:
    """One's own once they are done; those of one's regions, for whoever reviews; a mentor their trainees'. What is in
    the bin is nobody's to read, nor what was said of it (PM-9)."""
    done = Q(**{f"{of}state": "done"})
    allowed = done & Q(**{f"{of}person_id": access.user_id})
    allowed |= done & Q(**{f"{of}person_id__in": access.mentor_of, f"{of}region_id__in": access.region_ids})
    if access.can(REVIEW):
        allowed |= Q(**{f"{of}region_id__in": access.region_ids}) & ~Q(**{f"{of}person_id": access.user_id})
    return allowed & ~Q(**{f"{of}conversation__state": BINNED})


def sees_review(access: Access, scope: Scope) -> bool:
    """The same over ``{region_id, person_id, done, binned}``."""
    if scope.get("binned"):
        return False
    if scope["person_id"] == access.user_id:
        return bool(scope["done"])
    if scope["region_id"] not in access.region_ids:
        return False
    return access.can(REVIEW) or (bool(scope["done"]) and scope["person_id"] in access.mentor_of)


def review_scope(row: QaReview) -> dict[str, object]:
    """Expects ``conversation`` loaded."""
    return {
        "region_id": row.region_id,
        "person_id": row.person_id,
        "done": row.state == "done",
        "binned": row.conversation.state == BINNED,
    }


register_audience("held", sees_held)
register_audience("review", sees_review)
