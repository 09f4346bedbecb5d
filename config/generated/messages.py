"""Django's gettext catalogue: the words the server says, extracted, checked for completeness, compiled."""

import io
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from config.generated import foreign_words, template_words

CATALOGUE = "config/locale/zh_Hant/LC_MESSAGES/django"
APPS = ("config", "security", "contacts", "inbox", "templates_mgr", "payments", "reports")
KEYWORDS = {"_": None, "gettext": None, "gettext_lazy": None, "ngettext": (1, 2)}


def extracted(root: Path) -> set[str]:
    """Every English sentence marked in the code."""
    found: set[str] = set()
    for app in APPS:
        rows = extract_from_dir(root / app, [("**.py", "python")], keywords=KEYWORDS)
        found |= {message for _, _, message, _, _ in rows if isinstance(message, str)}
        found |= template_words.in_templates(root / app)
    return found


def sentences(root: Path) -> set[str]:
    """Everything that needs Chinese: our own words, and those of the frameworks that refusals and the admin show."""
    return extracted(root) | foreign_words.reachable() | template_words.of_the_admin()


def catalogue(root: Path) -> Catalog:
    path = root / f"{CATALOGUE}.po"
    if not path.exists():
        return Catalog(locale="zh_Hant")
    with path.open("rb") as file:
        return read_po(file, locale="zh_Hant")


def untranslated(root: Path) -> list[str]:
    """Sentences that have no Chinese yet."""
    known = {str(message.id) for message in catalogue(root) if message.id and message.string}
    return sorted((sentences(root) - known) | foreign_words.untranslated_filters())


def write(root: Path) -> None:
    """Bring the ``.po`` in step with the code (new sentences empty, vanished ones gone) and compile the ``.mo``."""
    old, new = catalogue(root), Catalog(locale="zh_Hant", project="Kefu", charset="utf-8")
    for sentence in sorted(sentences(root)):
        known = old.get(sentence)
        new.add(sentence, known.string if known else "", flags={"python-format"} if "%(" in sentence else set())
    path = root / f"{CATALOGUE}.po"
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        write_po(file, new, width=110, omit_header=False, no_location=True)
    (root / f"{CATALOGUE}.mo").write_bytes(compiled(root))


def compiled(root: Path) -> bytes:
    out = io.BytesIO()
    write_mo(out, catalogue(root))
    return out.getvalue()
