"""The one page: the browser client."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import ensure_csrf_cookie


@ensure_csrf_cookie
def client(request: HttpRequest) -> HttpResponse:
    """Every address that is not the API's or the admin's: the client routes by itself."""
    response = render(request, "app.html")
    response["Cache-Control"] = "no-store"
    return response
