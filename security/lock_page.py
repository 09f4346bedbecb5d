"""Where the link of an alert mail leads: it asks, and locks the account only when the button is pressed. Programs that
open every link of a mail lock nobody."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from security.account_errors import LinkRefused
from security.actions.locks import lock_by_link
from security.lock_links import is_locked_for_good, read_lock_link


# Whoever could forge the button's request would have to know the link already; and a check of cookies would write the
# link into the log when it fails.
@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def lock_page(request: HttpRequest, token: str) -> HttpResponse:
    """A link that is over, altered, made up or too old looks the same (404). Of an account that is locked already it
    says so, unless that lock would end by itself."""
    person = read_lock_link(token)
    done = person is not None and is_locked_for_good(person)
    if person is not None and not done and request.method == "POST":
        try:
            lock_by_link(token)
            done = True
        except LinkRefused:
            person = None
    with translation.override(person.language if person is not None else translation.get_language()):
        shown = {"person": person, "done": done, "language": translation.get_language()}
        return render(request, "kefu_lock/page.html", shown, status=200 if person is not None else 404)
