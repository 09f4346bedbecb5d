"""A scoped model cannot be read before somebody said for whom: one test for every way around it that is known."""

import re

import pytest
from django.apps import apps
from django.db.models import Count, Exists, Max, OuterRef, Prefetch, Subquery
from django.http import Http404
from django.shortcuts import get_object_or_404

from contacts.models import Contact
from inbox.models import Case, Channel, Conversation, Message
from security.errors import NotFound
from security.ids import new_id
from security.scoping import ClosedManager, ScopedQuerySet, Unscoped
from tests.conftest import Cast
from tests.contracts.committed import ROOT, committed_files
from tests.worlds.channels import channel
from tests.worlds.threads import thread

OURS = ("security", "contacts", "inbox", "templates_mgr", "payments", "reports")
OPEN = {
    "security.AccessRequest": "people reach those of `visible_requests`",
    "security.AccountLock": "who is locked; read by sign-in's mirror and the admin",
    "security.BehaviourAlarm": "people reach those of the admin, who decide on them",
    "security.BehaviourCursor": "a number",
    "security.BehaviourRule": "settings",
    "security.DeviceConfirmation": "asked when their owner signs in; the admin confirms those that wait",
    "security.DrillMail": "what somebody did with one mail; the admin shows numbers first",
    "security.PhishingDrill": "what was planned; the admin's",
    "security.SelfcheckPolicy": "settings",
    "security.SelfcheckRun": "how the installation is; the admin's",
    "security.AllowedAddress": "networks, read before anybody is known",
    "security.ApiKey": "looked up by its digest before anybody is known",
    "security.BrowserSession": "looked up by its digest before anybody is known; people reach those of `sessions_of`",
    "security.DataKey": "keys: ids only, read by the keyring",
    "security.DestroyedKey": "ids of keys that are gone",
    "security.KeyRotation": "counts",
    "security.MasterKeyUse": "names of master keys, and since when",
    "security.DutyHolding": "read while computing an access",
    "security.Grant": "read while computing an access; lists are narrowed by `people_below`",
    "security.Incident": "whether there is one; read for every access; its reason is the admin's",
    "security.TierPolicy": "settings",
    "security.TierSwitch": "which tier holds; read for every access; its reason is the admin's",
    "security.KeyPolicy": "settings",
    "security.LimitPolicy": "settings",
    "security.KnownCountry": "asked when their owner signs in",
    "security.KnownDevice": "people reach those of `devices_of`",
    "security.Membership": "read while computing an access",
    "security.Operation": "the log; people read it through `operation_page`",
    "security.OutgoingMail": "ids and codes; sent to their owner only",
    "security.Presence": "who is there; shown of colleagues only",
    "security.Passkey": "public keys; asked by their owner only",
    "security.PastPassword": "hashes; asked when a password is set",
    "security.PermissionUse": "counts; shown of colleagues only",
    "security.RecoveryCode": "keyed hashes; asked by their owner only",
    "security.RecoveryFactor": "counts of wrong codes; asked by its owner only",
    "security.Region": "names of regions; lists are narrowed by the access",
    "security.RegionKey": "keys: ids only, read by the keyring",
    "security.ResetRequest": "sealed; nobody is shown them",
    "security.Review": "how many were drawn, nobody's name",
    "security.ReviewItem": "people reach those of `visible_review_items`",
    "security.Seal": "digests",
    "security.SearchBlock": "pieces of keyed hashes, packed; only the index reads them",
    "security.SearchEntry": "pieces of keyed hashes; only the index reads them, within a query that is opened",
    "security.SearchPolicy": "settings",
    "security.SecurityPolicy": "settings",
    "security.SignInGuard": "keyed hashes of addresses; nobody is shown them",
    "security.SignInPolicy": "settings",
    "security.SessionPolicy": "settings",
    "security.StalledSignIn": "told to its person only",
    "security.StreamEvent": "sealed; every row passes its audience's policy before it is told",
    "security.StreamHead": "counters",
    "security.Team": "lists are narrowed by `teams_of`",
    "security.TeamMembership": "shown with its team",
    "security.TotpFactor": "sealed; asked by its owner only",
    "security.Traineeship": "read while computing an access; people reach those of `visible_traineeships`",
    "security.User": "colleagues; lists are narrowed by `colleagues_of`",
    "security.Withheld": "read while computing an access",
    "security.WorkProfile": "shown of colleagues only",
    "contacts.ConditionsPolicy": "settings",
    "contacts.ConsentPolicy": "settings",
    "contacts.SegmentsPolicy": "settings",
    "contacts.ContactsPolicy": "settings",
    "contacts.ExchangePolicy": "settings",
    "contacts.HygienePolicy": "settings",
    "contacts.ImportPolicy": "settings",
    "contacts.PrivacyPolicy": "settings",
    "contacts.RulesPolicy": "settings",
    "inbox.AssignmentPolicy": "settings",
    "inbox.AssignmentRule": "read with a channel that is seen",
    "inbox.AssignmentTurn": "a lock",
    "inbox.ChannelPace": "a counter",
    "inbox.CoachingPolicy": "settings",
    "inbox.InboxPolicy": "settings",
    "inbox.KeywordPolicy": "settings",
    "inbox.KnownTemplate": "names and categories of an account's templates, nobody's words",
    "inbox.NotificationChoices": "one's own settings",
    "inbox.ParkedStatus": "statuses nobody can be shown",
    "inbox.StoredWebhook": "sealed bodies; people reach them through a channel they see",
}
SCOPED = [
    model
    for app in OURS
    for model in apps.get_app_config(app).get_models()
    if isinstance(model._default_manager, ClosedManager)
]


def everybody(model):
    return model.objects.for_system("the test compares")


READS = {
    "iterating": lambda m: list(m.objects.all()),
    "iterating the manager's filter": lambda m: list(m.objects.filter(pk=new_id())),
    "iterator()": lambda m: list(m.objects.iterator()),
    "len": lambda m: len(m.objects.all()),
    "truth": lambda m: bool(m.objects.all()),
    "a slice": lambda m: m.objects.order_by("pk")[0],
    "repr": lambda m: repr(m.objects.all()),
    "the SQL text": lambda m: str(m.objects.all().query),
    "get": lambda m: m.objects.get(pk=new_id()),
    "first": lambda m: m.objects.first(),
    "last": lambda m: m.objects.order_by("pk").last(),
    "latest": lambda m: m.objects.latest("pk"),
    "count": lambda m: m.objects.count(),
    "exists": lambda m: m.objects.exists(),
    "contains": lambda m: m.objects.contains(m(pk=new_id())),
    "aggregate": lambda m: m.objects.aggregate(Max("pk")),
    "annotate": lambda m: list(m.objects.annotate(n=Count("pk"))),
    "values": lambda m: list(m.objects.values("pk")),
    "values_list": lambda m: list(m.objects.values_list("pk", flat=True)),
    "distinct": lambda m: list(m.objects.distinct()),
    "only": lambda m: list(m.objects.only("pk")),
    "in_bulk": lambda m: m.objects.in_bulk([new_id()]),
    "explain": lambda m: m.objects.all().explain(),
    "delete": lambda m: m.objects.all().delete(),
    "raw delete": lambda m: m.objects.all()._raw_delete("default"),
    "update": lambda m: m.objects.update(pk=new_id()),
    "update after filter": lambda m: m.objects.filter(pk=new_id()).update(pk=new_id()),
    "bulk_update": lambda m: m.objects.bulk_update([m(pk=new_id())], [_field(m)]),
    "raw": lambda m: list(m.objects.raw("SELECT 1")),
    "raw of a queryset": lambda m: list(m.objects.all().raw("SELECT 1")),
    "select_for_update": lambda m: list(m.objects.select_for_update()),
    "get_or_create": lambda m: m.objects.get_or_create(pk=new_id()),
    "update_or_create": lambda m: m.objects.update_or_create(pk=new_id()),
    "get_or_404": lambda m: m.objects.all().get_or_404(new_id()),
    "get_object_or_404": lambda m: get_object_or_404(m, pk=new_id()),
    "closed | open": lambda m: list(m.objects.all() | everybody(m)),
    "open | closed": lambda m: list(everybody(m) | m.objects.all()),
    "closed & open": lambda m: list(m.objects.all() & everybody(m)),
    "open & closed": lambda m: list(everybody(m) & m.objects.all()),
    "closed ^ open": lambda m: list(m.objects.all() ^ everybody(m)),
    "open ^ closed": lambda m: list(everybody(m) ^ m.objects.all()),
    "union with a closed one": lambda m: list(everybody(m).union(m.objects.all())),
    "intersection with a closed one": lambda m: list(everybody(m).intersection(m.objects.all())),
    "difference from a closed one": lambda m: list(everybody(m).difference(m.objects.all())),
    "a subquery": lambda m: list(everybody(m).filter(pk__in=m.objects.all())),
    "Subquery()": lambda m: list(everybody(m).filter(pk__in=Subquery(m.objects.values("pk")))),
    "Exists()": lambda m: list(everybody(m).filter(Exists(m.objects.filter(pk=OuterRef("pk"))))),
    "an annotated subquery": lambda m: list(everybody(m).annotate(x=Subquery(m.objects.values("pk")[:1]))),
}


def _field(model):
    return next(field.name for field in model._meta.concrete_fields if not field.primary_key)


def test_every_model_of_ours_is_closed_or_says_why_not():
    unlisted = {
        model._meta.label
        for app in OURS
        for model in apps.get_app_config(app).get_models()
        if model not in SCOPED and not model._meta.auto_created
    }
    assert unlisted == set(OPEN)
    assert {model._meta.label for model in SCOPED} >= {"contacts.Contact", "inbox.Message", "inbox.Media"}


@pytest.mark.parametrize("way", READS)
def test_no_scoped_model_can_be_read_while_closed(db: None, way: str):
    for model in SCOPED:
        with pytest.raises(Unscoped) as refused:
            READS[way](model)
        assert ".visible_to(access)" in str(refused.value) and ".for_system(" in str(refused.value)


@pytest.fixture
def talk(cast: Cast) -> Conversation:
    return thread(channel(cast.asia))


def test_reverse_relations_are_closed_too(talk: Conversation):
    for related in (
        talk.messages,
        talk.cases,
        talk.media,
        talk.read_marks,
        talk.contact.identities,
        talk.contact.notes,
    ):
        for read in (lambda m: list(m.all()), lambda m: m.count(), lambda m: m.first(), lambda m: m.update(pk=None)):
            with pytest.raises(Unscoped):
                read(related)


def test_prefetching_a_relation_is_closed_unless_its_queryset_was_opened(talk: Conversation):
    with pytest.raises(Unscoped):
        list(everybody(Conversation).prefetch_related("messages"))
    opened = Prefetch("messages", queryset=everybody(Message))
    (row,) = everybody(Conversation).prefetch_related(opened)
    assert len(row.messages.all()) == 1


def test_opening_for_nobody_needs_a_reason(db: None):
    with pytest.raises(ValueError, match="say why"):
        Conversation.objects.for_system("")


def test_a_queryset_that_says_nothing_of_visibility_cannot_be_opened_for_a_person(cast: Cast):
    with pytest.raises(NotImplementedError):
        ScopedQuerySet(Case).visible_to(cast.access("ben"))


def test_what_is_absent_and_what_is_unseen_look_the_same(cast: Cast, talk: Conversation):
    rows = Conversation.objects.visible_to(cast.access("cho"))
    for wanted in (talk.pk, new_id()):
        with pytest.raises(NotFound):
            rows.get_or_404(wanted)
    with pytest.raises(Http404):
        get_object_or_404(rows, pk=talk.pk)


def test_creating_rows_needs_no_opening(cast: Cast):
    assert channel(cast.asia).pk is not None
    assert Channel.objects.visible_to(cast.access("ben")).count() == 1


def test_an_opened_query_stays_open_and_the_closed_one_closed(talk: Conversation):
    closed = Contact.objects.filter(region_id=talk.region_id)
    assert closed.for_system("the test").count() == 1
    with pytest.raises(Unscoped):
        closed.count()


def test_nobody_goes_around_through_the_base_manager():
    """Django's own look-ups of forward relations use it; our code must not."""
    culprits = {
        name
        for name in committed_files()
        if name.endswith(".py")
        and name.split("/")[0] in OURS
        and re.search(r"\b_base_manager\b", (ROOT / name).read_text())
    }
    assert culprits == set()
