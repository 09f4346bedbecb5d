from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from contacts.models.contact import Contact
from security.access import Access
from security.encryption.fields import EncryptedField
from security.ids import new_id
from security.models import Region, User
from security.scoping import ClosedManager, ScopedQuerySet

ARRANGE = "contacts.arrange_exchange"
WEBHOOK, SHOPIFY, WOOCOMMERCE = "webhook", "shopify", "woocommerce"
SOURCE_KINDS = ((WEBHOOK, _("signed webhooks")), (SHOPIFY, "Shopify"), (WOOCOMMERCE, "WooCommerce"))
HOOK_STATES = (("pending", "pending"), ("applied", "applied"), ("set_aside", "set aside"))
DELIVERY_STATES = (("waiting", "waiting"), ("delivered", "delivered"), ("dead", "dead"), ("dropped", "dropped"))


class _Arranged(ScopedQuerySet[Any]):
    """Rows that whoever arranges the exchange of a region sees; ``_region`` is the path to it."""

    _region = "region_id"

    def _seen_by(self, access: Access) -> Self:
        mine = self.filter(**{f"{self._region}__in": access.region_ids})
        return mine if access.can(ARRANGE) else mine.none()


class ExchangeSource(models.Model):
    """Another system that tells a region of contacts, orders and products: it sends signed webhooks, or is asked (a
    shop). ``code`` is the ``source`` under which its rows stand.

    ``secret``: ``{signing}``, and of a shop ``{token}`` or ``{key, secret}``; under a key of the region. Of shops:
    ``place`` says how far it was read, ``since`` is set once the past has been, ``lease`` belongs to whoever reads.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+", db_index=False)
    code = models.CharField(max_length=40)
    name = models.CharField(max_length=80)
    kind = models.CharField(max_length=12, choices=SOURCE_KINDS)
    key_id = models.UUIDField()
    secret = EncryptedField()
    base_url = models.CharField(max_length=300, blank=True)
    country = models.CharField(max_length=2, blank=True, help_text="Of numbers without a country code.")
    created_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField()
    paused_at = models.DateTimeField(null=True)
    told_at = models.DateTimeField(null=True, help_text="When it last told us something.")
    error = models.CharField(max_length=40, blank=True)
    error_at = models.DateTimeField(null=True)
    place = models.JSONField(default=dict)
    since = models.DateTimeField(null=True)
    counts = models.JSONField(default=dict)
    expected = models.PositiveIntegerField(null=True, help_text="How many orders of the past there are.")
    due_at = models.DateTimeField(null=True)
    lease = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    version = models.PositiveIntegerField(default=1)

    objects: ClassVar[Any] = ClosedManager.from_queryset(_Arranged)()

    class Meta:
        permissions = (("arrange_exchange", "Can connect other systems"),)
        constraints = [models.UniqueConstraint(fields=("region", "code"), name="exchange_source_once")]
        indexes = [models.Index(fields=("due_at",), condition=Q(paused_at=None), name="exchange_source_due")]

    def __str__(self) -> str:
        return f"{self.kind} {self.code}"


class _OfSource(_Arranged):
    _region = "source__region_id"


class ExchangeHook(models.Model):
    """A signed webhook as it came. ``nonce`` is SHA-256 of the sender's id for it: what came once is applied once.
    ``outcome``: how many rows of each kind were written or refused, and which, in codes."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    source = models.ForeignKey(ExchangeSource, on_delete=models.CASCADE, related_name="+", db_index=False)
    key_id = models.UUIDField()
    nonce = models.BinaryField(max_length=32)
    body = EncryptedField()
    received_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=HOOK_STATES, default="pending")
    attempts = models.PositiveSmallIntegerField(default=0)
    error = models.CharField(max_length=80, blank=True)
    due_at = models.DateTimeField(null=True)
    applied_at = models.DateTimeField(null=True)
    outcome = models.JSONField(default=dict)

    objects: ClassVar[Any] = ClosedManager.from_queryset(_OfSource)()

    class Meta:
        constraints = [models.UniqueConstraint(fields=("source", "nonce"), name="exchange_hook_once")]
        indexes = [
            models.Index(fields=("source", "-received_at", "-id"), name="exchange_hook_recent"),
            models.Index(fields=("received_at",), condition=Q(state="pending"), name="exchange_hook_pending"),
        ]

    def __str__(self) -> str:
        return f"hook {self.id} {self.state}"


class Subscription(models.Model):
    """An address outside that is told what happens in a region. ``kinds`` names what (``contacts.occurrences``).

    ``failing_since``: nothing arrived there since then; ``stopped_at``: it was switched off, by somebody or, with
    ``stopped_why``, because nothing arrived for days.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=80)
    url = models.CharField(max_length=500)
    key_id = models.UUIDField()
    secret = EncryptedField()
    kinds = models.JSONField(default=list)
    created_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField()
    failing_since = models.DateTimeField(null=True)
    stopped_at = models.DateTimeField(null=True)
    stopped_why = models.CharField(max_length=20, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects: ClassVar[Any] = ClosedManager.from_queryset(_Arranged)()

    def __str__(self) -> str:
        return self.name


class _OfSubscription(_Arranged):
    _region = "subscription__region_id"


class Delivery(models.Model):
    """One happening to be told to one subscription. The row is the truth: it waits, is tried again for days, and is
    dead then, until somebody has it replayed. What is told is read when it is sent: nothing of anybody stands here.

    ``tries``: ``[{at, status, error, ms}]``. ``dropped``: there was nothing to tell any more.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    subscription = models.ForeignKey(Subscription, on_delete=models.CASCADE, related_name="+", db_index=False)
    kind = models.CharField(max_length=40)
    subject_id = models.CharField(max_length=40)
    contact = models.ForeignKey(Contact, null=True, on_delete=models.CASCADE, related_name="+", db_index=False)
    facts = models.JSONField(default=dict)
    happened_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=DELIVERY_STATES, default="waiting")
    due_at = models.DateTimeField()
    begun_at = models.DateTimeField(help_text="From when the days of trying count.")
    lease = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    tries = models.JSONField(default=list)
    settled_at = models.DateTimeField(null=True)

    objects: ClassVar[Any] = ClosedManager.from_queryset(_OfSubscription)()

    class Meta:
        indexes = [
            models.Index(fields=("subscription", "-id"), name="delivery_recent"),
            models.Index(fields=("due_at",), condition=Q(state="waiting"), name="delivery_due"),
            models.Index(fields=("settled_at",), condition=~Q(state="waiting"), name="delivery_settled"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.state}"
