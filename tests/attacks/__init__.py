"""Somebody who may not see a thing tries to find it, by every way there is. What is tried follows from the lists of
``tests/contracts/routes.py`` and the OpenAPI document: a new route is attacked without a word here."""
