"""How many digits currencies have, for the browser: what it knows itself differs from ISO 4217."""

from contacts.money import UNUSUAL_DIGITS

HEADER = "// Generated from contacts/money.py by `manage.py generate`. Do not edit.\n"


def make() -> dict[str, str]:
    rows = "".join(f"  {currency}: {digits},\n" for currency, digits in sorted(UNUSUAL_DIGITS.items()))
    table = f"export const UNUSUAL_DIGITS: Readonly<Record<string, number>> = {{\n{rows}}};\n"
    return {
        "static/src/api/currencies.ts": f"{HEADER}\n/** Digits behind the point, where they are not two. */\n{table}"
    }
