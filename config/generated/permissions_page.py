"""``docs/permissions.md``: what each level and duty may do, from the declared table."""

from config.generated.permissions_words import AFTER, BEFORE
from security.levels import DUTY_NAMES, LEVELS, Right, permissions_of, public_name, rights


def make() -> dict[str, str]:
    head = " | ".join(words for _, words in LEVELS)
    rows = [_row(name, right) for name, right in sorted(rights().items(), key=lambda item: public_name(item[0]))]
    table = f"| permission | {head} | duty | trainees | high risk |\n|---|{'---|' * (len(LEVELS) + 3)}\n"
    return {"docs/permissions.md": BEFORE + table + "\n".join(rows) + "\n" + AFTER}


def _row(name: str, right: Right) -> str:
    levels = ["✓" if name in permissions_of(level) else "" for level, _ in LEVELS]
    duties = ", ".join(duty for duty in DUTY_NAMES if duty in right.duties)
    rest = [duties, "" if right.trainees else "no", "yes" if right.high_risk else ""]
    return f"| `{public_name(name)}` | " + " | ".join([*levels, *rest]) + " |"
