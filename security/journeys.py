"""Where somebody has been before, and whether they can have come from there to here (SE-8)."""

from datetime import datetime
from uuid import UUID

from security.models import BrowserSession, KnownCountry, SessionPolicy, User
from security.whereabouts import Place, kilometres

Journey = dict[str, str | int]


def is_known_country(user: User, place: Place) -> bool:
    """Of a place that is not found nothing is known, so it is no known one."""
    return bool(place.country) and KnownCountry.objects.filter(user=user, country=place.country).exists()


def impossible_journey(user: User, place: Place, *, at: datetime, but: UUID | None = None) -> Journey | None:
    """From where ``user`` last was, in whichever session but ``but``; ``None``: a journey that people make."""
    seen = BrowserSession.objects.filter(user=user).exclude(country="")
    seen = seen.exclude(pk=but) if but is not None else seen
    last = seen.order_by("-last_active_at").first()
    if last is None or not place.country:
        return None
    policy = SessionPolicy.current()
    there = Place(country=last.country, latitude=last.latitude, longitude=last.longitude)
    hours = max(0.0, (at - last.last_active_at).total_seconds()) / 3600
    apart = kilometres(there, place)
    if apart < policy.travel_from_km or apart <= policy.travel_kmh * hours:
        return None
    return {"from": last.country, "to": place.country, "kilometres": round(apart), "minutes": round(hours * 60)}
