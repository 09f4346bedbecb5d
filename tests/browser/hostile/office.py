"""``python -m tests.browser.hostile.office``, in a house's environment: fills what admins fill."""

import json
import os
from dataclasses import asdict

import django


def main() -> None:
    django.setup()
    from security.models import Region, User
    from tests.attacks.corpus import Garden
    from tests.attacks.office_fields import fill_office

    garden = Garden("o")
    fill_office(garden, Region.objects.get(code="asia"), User.objects.get(email="eli@kefu.demo"))
    print(json.dumps({mark: asdict(one) for mark, one in garden.planted.items()}))


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    main()
