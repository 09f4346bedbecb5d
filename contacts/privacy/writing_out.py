"""What stands in an export: one JSON file for machines, one page for each language for people, and the files."""

import json
from contextlib import suppress
from dataclasses import asdict
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.template.loader import render_to_string
from django.utils import timezone, translation

from contacts.consent.proofs import read_proof
from contacts.models import Contact, ContactExport, LegalHold, Note
from contacts.privacy.archive import ZipArchive
from contacts.privacy.belongings import all_belongings
from contacts.privacy.consents import consent_shapes, entries_of, merged_into, proofs_of
from contacts.queries import identities_by_contact
from contacts.shapes import ContactShape, NoteShape
from security.encryption.keyring import KeyGone
from security.encryption.sealing import Unreadable
from security.log.lines import words_of
from security.models import Operation

_WHY = "an export"
FORMAT = 1
_LANGUAGES = ("zh-hant", "en")


def write_out(row: ContactExport, archive: ZipArchive) -> None:
    """Everything, complete: whoever asked had the right to all of it."""
    told = everything(row.contact, archive)
    told |= {"exported_at": timezone.now(), "exported_by": row.asked_by.name, "region": row.contact.region.name}
    archive.add_page("contact.json", json.dumps(told, cls=DjangoJSONEncoder, ensure_ascii=False, indent=1))
    for language in _LANGUAGES:
        with translation.override(language):
            archive.add_page(f"contact.{language}.html", render_to_string("contacts/export.html", {"told": told}))


def everything(contact: Contact, archive: ZipArchive) -> dict[str, Any]:
    """As JSON: ``{format, contact, consents, notes, holds, log, <belongings> …}``."""
    identities = identities_by_contact([contact])[contact.pk]
    told: dict[str, Any] = {
        "format": FORMAT,
        "contact": asdict(ContactShape.of(contact, identities)),
        "profile": contact.profile,
        "consents": _consents(contact, archive),
        "notes": [asdict(NoteShape.of(one)) for one in _notes(contact)],
        "holds": [
            {"reason": one.reason, "set_at": one.set_at, "released_at": one.released_at} for one in _holds(contact)
        ],
        "log": _log(contact),
    }
    for belongings in all_belongings():
        told[belongings.name] = belongings.gather(contact, archive)
    return told


def _consents(contact: Contact, archive: ZipArchive) -> list[dict[str, Any]]:
    """With the files that prove them."""
    rows = entries_of(contact)
    proofs = {str(pk): proof for pk, proof in proofs_of(rows).items()}
    told = [asdict(one) for one in consent_shapes(rows)]
    for one in told:
        if one["id"] in proofs:
            with suppress(FileNotFoundError):
                one["proof"]["file"] = archive.add_file(one["proof"]["name"], read_proof(proofs[one["id"]]))
    return told


def _notes(contact: Contact) -> Any:
    return Note.objects.for_system(_WHY).filter(contact=contact).select_related("author").order_by("created_at")


def _holds(contact: Contact) -> Any:
    return LegalHold.objects.for_system(_WHY).filter(contact=contact).order_by("set_at")


def _log(contact: Contact) -> list[dict[str, Any]]:
    """Who did what to their card, and to those that became it; what is about conversations stands in the operation log
    itself."""
    ids = [str(pk) for pk in (contact.pk, *merged_into(contact.pk))]
    lines = Operation.objects.filter(subject_kind="contacts.contact", subject_id__in=ids).order_by("id")
    return [
        {"at": line.at, "deed": line.action, "by": f"{line.actor_kind} {line.actor_id}", "words": _words(line)}
        for line in lines
    ]


def _words(line: Operation) -> dict[str, Any]:
    try:
        return dict(words_of(line))
    except (KeyGone, Unreadable):
        return {}
