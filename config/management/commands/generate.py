"""``manage.py generate``: write the files that are made from the code. ``--check`` only compares (CI)."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from config.env import BASE_DIR
from config.generated import currencies, live_events, messages, openapi, permissions_page


class Command(BaseCommand):
    help = "Write (or with --check compare) the generated files: API schema, event types, permission page, catalogue."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="change nothing; fail when a file is out of date")

    def handle(self, *args: Any, **options: Any) -> None:
        texts = {**openapi.make(), **live_events.make(), **permissions_page.make(), **currencies.make()}
        stale = [name for name, text in texts.items() if not _same(name, text)]
        if options["check"]:
            stale += self._stale_messages()
            if stale:
                raise CommandError(f"out of date: {', '.join(stale)}. Run `manage.py generate` and commit.")
            return
        for name in stale:
            (BASE_DIR / name).parent.mkdir(parents=True, exist_ok=True)
            (BASE_DIR / name).write_text(texts[name], encoding="utf-8")
            self.stdout.write(f"wrote {name}")
        messages.write(BASE_DIR)
        missing = messages.untranslated(BASE_DIR)
        if missing:
            self.stderr.write(f"{len(missing)} sentences without Chinese in {messages.CATALOGUE}.po")

    def _stale_messages(self) -> list[str]:
        missing = messages.untranslated(BASE_DIR)
        for sentence in missing:
            self.stderr.write(f"no Chinese for: {sentence}")
        compiled = BASE_DIR / f"{messages.CATALOGUE}.mo"
        fresh = compiled.exists() and compiled.read_bytes() == messages.compiled(BASE_DIR)
        return ([f"{messages.CATALOGUE}.po"] if missing else []) + ([] if fresh else [f"{messages.CATALOGUE}.mo"])


def _same(name: str, text: str) -> bool:
    path = BASE_DIR / name
    return path.exists() and path.read_text(encoding="utf-8") == text
