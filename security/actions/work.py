"""What somebody is given: languages, skills, how much at a time."""

import re
from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from security.access import Access, Actor
from security.errors import Invalid, NotFound, require
from security.models import Membership, User, WorkProfile
from security.writing import write

MOST_CAPACITY, MOST_SKILLS, MOST_LANGUAGES, _SKILL_MAX = 500, 20, 20, 40
_BEYOND_IDS = 2**31
_LANGUAGE = re.compile(r"[a-z]{2,3}")


def change_work(
    *, by: Actor, user_id: int, languages: Sequence[str], skills: Sequence[str], capacity: int | None
) -> WorkProfile:
    """Set all three; an empty list, and no capacity, mean the usual."""
    wanted = {
        "languages": checked_languages(languages),
        "skills": checked_skills(skills),
        "capacity": _checked_capacity(capacity),
    }
    if not 0 < user_id < _BEYOND_IDS:
        raise NotFound
    with write(by=by) as change:
        user = User.objects.select_for_update().filter(pk=user_id, is_active=True).first()
        if user is None or not _shares_a_region(by, user):
            raise NotFound
        require(not isinstance(by, Access) or by.can("security.arrange_work"))
        row, _made = WorkProfile.objects.get_or_create(user=user)
        before = {name: getattr(row, name) for name in wanted}
        if before != wanted:
            for name, value in wanted.items():
                setattr(row, name, value)
            row.save()
            told = {name: [before[name], wanted[name]] for name in wanted if before[name] != wanted[name]}
            change.record("person.work_changed", user, **told)
    return row


def _shares_a_region(by: Actor, user: User) -> bool:
    """Somebody of another region does not exist."""
    if not isinstance(by, Access):
        return True
    return Membership.objects.filter(user=user, region_id__in=by.region_ids).exists()


def checked_languages(languages: Sequence[str]) -> list[str]:
    """Two- or three-letter codes without script or country: whoever answers in one answers in its spellings."""
    if len(languages) > MOST_LANGUAGES or not all(_LANGUAGE.fullmatch(code) for code in languages):
        raise Invalid(field="languages", message=_("Name languages by their code, like zh or en."))
    return sorted(set(languages))


def checked_skills(skills: Sequence[str]) -> list[str]:
    words = sorted({skill.strip().lower() for skill in skills} - {""})
    if len(words) > MOST_SKILLS or any(len(word) > _SKILL_MAX for word in words):
        raise Invalid(field="skills", message=_("At most 20 skills of at most 40 characters each."))
    return words


def _checked_capacity(capacity: int | None) -> int | None:
    if capacity is not None and not 0 <= capacity <= MOST_CAPACITY:
        raise Invalid(field="capacity", message=_("Between 0 and %(n)s.") % {"n": MOST_CAPACITY})
    return capacity
