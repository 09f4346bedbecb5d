"""What an admin types: a person's form as it stands, and what came of sending it."""

from typing import Any

from django.test import Client

from security.access import access_of
from security.models import User


def person_form(user: User, **wanted: object) -> dict[str, Any]:
    """The change form of ``user`` filled with what is there, and ``wanted`` over it; ``None`` leaves a field out."""
    form = {
        "name": user.name,
        "email": user.email,
        "language": user.language,
        "time_zone": user.time_zone,
        "availability": user.availability,
        "is_active": "on" if user.is_active else None,
        "hired_on": "",
        "level": access_of(user).level,
        "in_regions": list(user.regions.values_list("pk", flat=True)),
        "duties": list(user.duty_holdings.values_list("duty", flat=True)),
        "reason": "",
        **wanted,
    }
    return {key: value for key, value in form.items() if value is not None}


def change(client: Client, user: User, **wanted: object) -> Any:
    return client.post(f"/admin/security/user/{user.pk}/change/", person_form(user, **wanted))


def do(client: Client, model: str, pk: object, act: str, **given: object) -> Any:
    return client.post(f"/admin/{model}/{pk}/do/{act}/", {"confirmed": "yes", **given})


def errors(answer: Any) -> dict[str, list[str]]:
    """What is said beside the fields of the page that came back."""
    form = answer.context["adminform"].form if "adminform" in answer.context else answer.context["form"]
    return dict(form.errors)
