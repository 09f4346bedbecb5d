"""``docs/permissions.md``: what each level may do, from the declared table."""

from security.levels import LEVELS, declared_permissions, permissions_of, public_name


def make() -> dict[str, str]:
    head = " | ".join(words for _, words in LEVELS)
    rows = [
        f"| `{public_name(name)}` | "
        + " | ".join("✓" if name in permissions_of(level) else "" for level, _ in LEVELS)
        + " |"
        for name in sorted(declared_permissions())
    ]
    return {
        "docs/permissions.md": "# Levels and permissions\n\nGenerated from the code by `manage.py generate` (PM-1). "
        "A level is a Django group; what a person *sees* is decided by their regions and object grants besides.\n\n"
        f"| permission | {head} |\n|---|{'---|' * len(LEVELS)}\n" + "\n".join(rows) + "\n"
    }
