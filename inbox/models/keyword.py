"""How many conversations a term was in on a day (CM-5): counts of words, and no text."""

from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from security.access import ALL, Access
from security.encryption.blind_index import DIGEST_BYTES
from security.encryption.fields import EncryptedField
from security.ids import new_id
from security.models import Region
from security.scoping import ClosedManager, ScopedQuerySet


class OfRegion(ScopedQuerySet[Any]):
    """Counts of all conversations of a region: the mirror of ``keywords.policies``."""

    _region = "region_id"

    def _seen_by(self, access: Access) -> Self:
        mine = self.filter(**{f"{self._region}__in": access.region_ids})
        return mine if access.can("inbox.see_keywords") and access.sight == ALL else mine.none()


class OfTerm(OfRegion):
    _region = "term__region_id"


class KeywordDay(models.Model):
    """A region's day, in its own time: what customers wrote on it altogether. ``least``: from how many customers on a
    term was kept; ``claimed_at``: since when somebody counts it."""

    region = models.ForeignKey(Region, on_delete=models.CASCADE, related_name="+", db_index=False)
    on = models.DateField()
    messages = models.PositiveIntegerField(default=0)
    conversations = models.PositiveIntegerField(default=0)
    least = models.PositiveSmallIntegerField(default=0)
    claimed_at = models.DateTimeField(null=True)
    counted_at = models.DateTimeField(null=True)

    objects: ClassVar[Any] = ClosedManager.from_queryset(OfRegion)()

    class Meta:
        constraints = [models.UniqueConstraint(fields=("region", "on"), name="keyword_day_once")]

    def __str__(self) -> str:
        return f"{self.region_id}: {self.on}"


class KeywordTerm(models.Model):
    """A word, or two that stand together, sealed under a key of the region and found by its digest.

    Only what several people wrote, or the team itself wrote down, becomes one. ``own``: on the region's own list, never
    cut apart. ``exact_from``: the first day on which it was known, and counted however few wrote it; on a day before
    that fewer customers than the day's ``least`` did.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    region = models.ForeignKey(Region, on_delete=models.CASCADE, related_name="+", db_index=False)
    key_id = models.UUIDField()
    digest = models.BinaryField(max_length=DIGEST_BYTES)
    text = EncryptedField()
    own = models.BooleanField(default=False)
    exact_from = models.DateField(null=True)
    ignored_at = models.DateTimeField(null=True)
    ignored_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    objects: ClassVar[Any] = ClosedManager.from_queryset(OfRegion)()

    class Meta:
        permissions = (("see_keywords", "Can see what customers write about, and choose which words count"),)
        constraints = [models.UniqueConstraint(fields=("region", "digest"), name="keyword_term_once")]

    def __str__(self) -> str:
        return f"term {self.id}"


class KeywordCount(models.Model):
    """In how many messages and conversations of a day a term was. No row: in none, or in too few to be kept."""

    region = models.ForeignKey(Region, on_delete=models.CASCADE, related_name="+", db_index=False)
    term = models.ForeignKey(KeywordTerm, on_delete=models.CASCADE, related_name="counts", db_index=False)
    on = models.DateField()
    messages = models.PositiveIntegerField()
    conversations = models.PositiveIntegerField()

    objects: ClassVar[Any] = ClosedManager.from_queryset(OfRegion)()

    class Meta:
        constraints = [models.UniqueConstraint(fields=("term", "on"), name="keyword_count_once")]
        indexes = [models.Index(fields=("region", "on"), name="keyword_counts_of_day")]

    def __str__(self) -> str:
        return f"{self.term_id} on {self.on}"


class KeywordFollower(models.Model):
    """Somebody wants to be told when a term rises."""

    term = models.ForeignKey(KeywordTerm, on_delete=models.CASCADE, related_name="followers", db_index=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    since = models.DateTimeField()

    objects: ClassVar[Any] = ClosedManager.from_queryset(OfTerm)()

    class Meta:
        constraints = [models.UniqueConstraint(fields=("term", "person"), name="keyword_followed_once")]

    def __str__(self) -> str:
        return f"{self.person_id} follows {self.term_id}"


class KeywordRise(models.Model):
    """A term that is followed rose, and its followers were told. It is told again after it was over (``ended_on``).

    ``conversations`` of ``of`` on the first day; ``expected`` is how many of those the baseline let expect.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    term = models.ForeignKey(KeywordTerm, on_delete=models.CASCADE, related_name="rises")
    began_on = models.DateField()
    last_on = models.DateField()
    ended_on = models.DateField(null=True)
    conversations = models.PositiveIntegerField()
    of = models.PositiveIntegerField()
    expected = models.FloatField()
    told_at = models.DateTimeField()

    objects: ClassVar[Any] = ClosedManager.from_queryset(OfTerm)()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=("term",), condition=Q(ended_on=None), name="one_keyword_rise_at_a_time")
        ]

    def __str__(self) -> str:
        return f"rise of {self.term_id}"

    @property
    def percent(self) -> int:
        """How far above what was expected."""
        return round((self.conversations / self.expected - 1) * 100) if self.expected else 0
