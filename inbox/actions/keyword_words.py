"""Which words count in a region: its own ones, those that are ignored, and those that somebody follows."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from inbox.actions.keyword_days import TERM, count_again
from inbox.keywords.counting import exact_terms
from inbox.keywords.events import KeywordsChanged
from inbox.keywords.policies import SEE, keyword_scope, sees_keywords
from inbox.keywords.spelling import LONGEST, key_of
from inbox.models import KeywordFollower, KeywordTerm
from security.access import Access
from security.encryption.blind_index import BlindIndex
from security.encryption.keyring import shared_key
from security.errors import Invalid, NotFound, require
from security.writing import Change, write

_WHY = "a word that a region chooses"
_MOST_CHOSEN = 500  # own and followed words of a region
_LEAST = 2


def add_term(*, by: Access, region_id: int, text: str) -> KeywordTerm:
    """The term that is spelled so, made if there is none yet; what it is for is chosen afterwards."""
    require(by.can(SEE))
    if not sees_keywords(by, keyword_scope(region_id)):
        raise NotFound
    key = key_of(text)
    if not _LEAST <= len(key) <= LONGEST or any(char.isdigit() for char in key):
        raise Invalid(field="text", message=_("A term is 2 to 40 letters, without digits."))
    with write(by=by) as change:
        row, made = KeywordTerm.objects.for_system(_WHY).get_or_create(
            region_id=region_id,
            digest=BlindIndex(region_id).digest(key, kind=TERM),
            defaults={"key_id": shared_key(region_id=region_id, purpose=TERM), "text": " ".join(text.split())},
        )
        if made:
            change.record("keyword.added", row)
    return row


def choose_term(
    *, by: Access, term_id: object, own: bool | None = None, ignored: bool | None = None, followed: bool | None = None
) -> KeywordTerm:
    """Change what is said and leave the rest. ``followed`` is the caller's own wish."""
    require(by.can(SEE))
    with write(by=by) as change:
        row: KeywordTerm = KeywordTerm.objects.visible_to(by).locked().get_or_404(term_id)
        was_own = row.own
        if own is not None and own != row.own:
            row.own = own
            change.record("keyword.own_set" if own else "keyword.own_unset", row)
        if ignored is not None and ignored != (row.ignored_at is not None):
            _ignore(change, row, by, wanted=ignored)
        if followed is not None:
            _follow(change, row, by, wanted=followed)
        if row.own != was_own or (followed and row.exact_from is None):
            _count_otherwise(row)
        row.save(update_fields=["own", "ignored_at", "ignored_by", "exact_from"])
        change.announce(KeywordsChanged.of(row.region_id))
    return row


def _ignore(change: Change, row: KeywordTerm, by: Access, *, wanted: bool) -> None:
    row.ignored_at = timezone.now() if wanted else None
    row.ignored_by_id = by.user_id if wanted else None
    change.record("keyword.ignored" if wanted else "keyword.minded", row)


def _follow(change: Change, row: KeywordTerm, by: Access, *, wanted: bool) -> None:
    mine = KeywordFollower.objects.for_system(_WHY).filter(term=row, person_id=by.user_id)
    if wanted == mine.exists():
        return
    if wanted:
        KeywordFollower.objects.create(term=row, person_id=by.user_id, since=timezone.now())
    else:
        mine.delete()
    change.record("keyword.followed" if wanted else "keyword.unfollowed", row)


def _count_otherwise(row: KeywordTerm) -> None:
    """It is counted as nobody counted it before; and an own word also cuts its neighbours otherwise."""
    chosen = KeywordTerm.objects.for_system(_WHY).filter(exact_terms(), region_id=row.region_id)
    if chosen.distinct().count() > _MOST_CHOSEN:
        raise Invalid(field="text", message=_("There are too many own and followed words."))
    row.exact_from = None
    count_again(row.region_id)
