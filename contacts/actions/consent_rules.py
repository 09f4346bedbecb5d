"""With which words people of a region stop and resume marketing, and what they are answered: changed by supervisors."""

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext_lazy as _

from contacts.consent.rules import rules_of
from contacts.consent.words import LONGEST, START, STOP, folded, forget_words
from contacts.events import CatalogueChanged
from contacts.models import ConsentPolicy, ConsentRules
from security.access import Access
from security.errors import Invalid, NotFound, require
from security.models import Region
from security.writing import write

_REPLY_MAX = 1000


def set_consent_rules(
    *,
    by: Access,
    region_id: int,
    stop_words: Sequence[str],
    start_words: Sequence[str],
    confirms: bool,
    replies: Mapping[str, Mapping[str, str]],
) -> ConsentRules:
    """Replace all of a region's at once."""
    require(by.can("contacts.manage_consent"))
    if region_id not in by.region_ids:
        raise NotFound
    stops, starts = _checked(stop_words, "stop_words"), _checked(start_words, "start_words")
    if not stops:
        raise Invalid(field="stop_words", message=_("People must have a word with which they can stop."))
    if both := {folded(word) for word in stops} & {folded(word) for word in starts}:
        word = next(word for word in starts if folded(word) in both)
        raise Invalid(field="start_words", message=_("“%(word)s” is in both lists.") % {"word": word})
    with write(by=by) as change:
        region = Region.objects.select_for_update(no_key=True).get(pk=region_id)
        row = rules_of(region)
        before = _as_told(row)
        row.stop_words, row.start_words, row.confirms = stops, starts, confirms
        row.replies = _checked_replies(replies, needed=confirms)
        row.version += 1
        row.save()
        change.record("consent.rules_changed", region, before=before, after=_as_told(row))
        change.announce(CatalogueChanged.of(region.pk, "consent"))
    forget_words()
    return row


def _checked(words: Sequence[str], field: str) -> list[str]:
    most = ConsentPolicy.current().words_most
    if len(words) > most:
        raise Invalid(field=field, message=_("At most %(n)s words.") % {"n": most})
    kept: dict[str, str] = {}
    for word in words:
        spelled = word.strip()
        if len(spelled) > LONGEST:
            raise Invalid(field=field, message=_("At most %(n)s characters.") % {"n": LONGEST})
        if not folded(spelled):
            raise Invalid(field=field, message=_("A word needs at least one letter."))
        kept.setdefault(folded(spelled), spelled)
    return list(kept.values())


def _checked_replies(replies: Mapping[str, Mapping[str, str]], *, needed: bool) -> dict[str, dict[str, str]]:
    kept = {
        way: {tongue: replies.get(way, {}).get(tongue, "").strip() for tongue in ("zh", "en")} for way in (STOP, START)
    }
    for way, texts in kept.items():
        for tongue, text in texts.items():
            if len(text) > _REPLY_MAX or (needed and not text):
                words = _("Between 1 and %(n)s characters.") % {"n": _REPLY_MAX}
                raise Invalid(field=f"replies.{way}.{tongue}", message=words)
    return kept


def _as_told(row: ConsentRules) -> dict[str, object]:
    """For the operation log."""
    return {"stop": row.stop_words, "start": row.start_words, "confirms": row.confirms, "replies": row.replies}
