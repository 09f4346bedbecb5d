"""Telling those who follow a term that it has risen: once for each time it does."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from django.utils import timezone

from inbox.actions.notifications import notify
from inbox.keywords.comparing import Compared, against_weekday
from inbox.keywords.figures import Span, figures_of
from inbox.keywords.policies import keyword_scope, sees_keywords
from inbox.keywords.rising import risen_of
from inbox.models import KeywordFollower, KeywordRise, KeywordTerm
from security.access import System, accesses_of
from security.actions.mails import send_mail_later
from security.encryption.keyring import open_keys
from security.models import Region, User
from security.writing import Change, write

KIND = "keyword.rose"
_BY = System("keywords")
_WHY = "telling who follows a term"


def tell_rises(region: Region, *, on: date) -> None:
    """Look at a day that was counted. Doing it again tells nobody twice."""
    terms = {row.pk: row for row in _followed(region.pk)}
    if not terms:
        return
    compared = _compared(region.pk, on, terms)
    risen = risen_of(compared)
    with write(by=_BY) as change:
        Region.objects.select_for_update(no_key=True).get(pk=region.pk)  # one at a time
        open_rises = {row.term_id: row for row in _running(region.pk)}
        for pk, row in open_rises.items():
            if row.last_on < on:
                _go_on(row, on, still=pk in risen)
        for pk in risen - set(open_rises):
            _tell(change, terms[pk], compared[pk], on)


def _followed(region_id: int) -> list[KeywordTerm]:
    rows = KeywordTerm.objects.for_system(_WHY).filter(region_id=region_id, ignored_at=None)
    return list(rows.filter(followers__isnull=False).distinct())


def _compared(region_id: int, on: date, terms: Mapping[UUID, KeywordTerm]) -> dict[UUID, Compared]:
    figures = figures_of(Span(region_id, on, 1), term_ids=terms)
    return {
        pk: against_weekday(figures.compared(pk, row.exact_from), figures.same_weekday(pk, row.exact_from))
        for pk, row in terms.items()
    }


def _running(region_id: int) -> list[KeywordRise]:
    return list(KeywordRise.objects.for_system(_WHY).filter(term__region_id=region_id, ended_on=None))


def _go_on(row: KeywordRise, on: date, *, still: bool) -> None:
    row.last_on = on
    row.ended_on = None if still else on
    row.save(update_fields=["last_on", "ended_on"])


def _tell(change: Change, term: KeywordTerm, compared: Compared, on: date) -> None:
    if KeywordRise.objects.for_system(_WHY).filter(term=term, last_on__gte=on).exists():
        return
    rise = KeywordRise.objects.create(
        term=term,
        began_on=on,
        last_on=on,
        conversations=compared.found,
        of=compared.of,
        expected=compared.expected,
        told_at=timezone.now(),
    )
    open_keys([term.key_id])
    people = _who_hears(term)
    change.record("keyword.rose", term, on=on.isoformat(), percent=rise.percent, conversations=rise.conversations)
    notify(
        change,
        to=[person.pk for person in people],
        kind=KIND,
        note=term.text,
        term=str(term.pk),
        region_id=term.region_id,
        percent=rise.percent,
        conversations=rise.conversations,
    )
    for person in people:
        send_mail_later(kind=KIND, user=person, rise=str(rise.pk))


def _who_hears(term: KeywordTerm) -> list[User]:
    """Followers who may still see the region's keywords."""
    rows = KeywordFollower.objects.for_system(_WHY).filter(term=term).select_related("person")
    people = [row.person for row in rows if row.person.is_active]
    may = accesses_of(people)
    return [one for one in people if sees_keywords(may[one.pk], keyword_scope(term.region_id))]
