"""Whoever changes or destroys a key finds everything under it: no model with sealed columns is forgotten."""

from typing import Any

from django.apps import apps
from django.db import models

from contacts.models.identity import KINDS as IDENTITIES
from contacts.privacy.words import knows
from inbox.models.message import KINDS, STATUSES
from security.encryption.sealed_rows import owners, sealed_fields, sealed_rows

# Sealed under a key of the house or of a region, which is neither a contact's nor a channel's.
SHARED = {
    "security.totpfactor",
    "security.outgoingmail",
    "security.resetrequest",
    "contacts.erasure",
    "contacts.exchangehook",
    "contacts.exchangesource",
    "contacts.subscription",
    "inbox.keywordterm",
    # Under a key of their own, which is destroyed after some weeks.
    "contacts.import",
    "contacts.importproblem",
}


def sealed_models() -> set[type[models.Model]]:
    return {model for model in apps.get_models() if sealed_fields(model)}


def test_every_model_with_sealed_columns_says_whose_they_are():
    owned = {owner.model for owner in owners().values()}
    known = owned | {kind.model for purpose in owners() for kind in sealed_rows(purpose)}
    forgotten = {model._meta.label_lower for model in sealed_models() - known} - SHARED
    assert forgotten == set()


def test_every_path_leads_to_the_owner():
    for purpose, owner in owners().items():
        for kind in sealed_rows(purpose):
            model: Any = kind.model
            for part in kind.owner.split("__"):
                model = model._meta.get_field(part).related_model
            assert model is owner.model, kind.model
            assert kind.model._meta.get_field("key_id") is not None


def test_what_is_left_of_an_erased_row_fits_its_columns():
    for kind in sealed_rows("contact"):
        for name, value in kind.blanks().items():
            assert value is not None or kind.model._meta.get_field(name).null, f"{kind.model}.{name}"


def test_every_kind_of_row_has_a_name_on_the_proof_of_an_erasure():
    labels = {kind.model._meta.label_lower for kind in sealed_rows("contact")} | {"inbox.storedwebhook"}
    assert [label for label in labels if not knows("row", label)] == []


def test_every_kind_and_status_of_a_message_has_a_name_for_people():
    for table, choices in (("kind", KINDS), ("status", STATUSES), ("identity", IDENTITIES)):
        assert [code for code, _said in choices if not knows(table, code)] == [], table
