"""What of this app is sealed under the key of a contact."""

from contacts.consent.proofs import refile, unfile
from contacts.models import (
    ConsentEntry,
    ConsentProof,
    Contact,
    FieldValue,
    Identity,
    ImportTrace,
    LegalHold,
    MergeMove,
    Note,
    RuleRun,
)
from contacts.privacy.belongings import lock_contact
from security.encryption.sealed_rows import (
    BLANK,
    DELETE,
    KEEP,
    Aging,
    KeyOwner,
    SealedRows,
    register_owner,
    register_sealed,
)

# The card of somebody who may write again tomorrow: no number of days is meant for it.
_CARD = Aging(KEEP)


def register() -> None:
    register_owner(KeyOwner("contact", Contact, lock_contact))
    register_sealed(
        "contact",
        SealedRows(Identity, "contact", _CARD),
        SealedRows(Note, "contact", _CARD),
        SealedRows(FieldValue, "contact", _CARD),
        SealedRows(RuleRun, "contact", Aging(DELETE, at="fired_at")),
        SealedRows(LegalHold, "contact", _CARD, at_erasure=BLANK),
        # Kept for as long as an import, or a merge, can be undone: some weeks.
        SealedRows(ImportTrace, "contact", _CARD),
        SealedRows(MergeMove, "merge__kept", _CARD),
        SealedRows(ConsentProof, "contact", _CARD, columns=("file",), refile=refile, unfile=unfile),
        # The register only grows, so its lines stay under the key they were written with, and are gone with that.
        SealedRows(ConsentEntry, "contact", _CARD, at_erasure=KEEP, moves=False),
    )
