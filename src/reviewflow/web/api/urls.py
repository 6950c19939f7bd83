"""The addresses of the interface, under /api/; each is described in reviewflow.web.api.description."""

from django.urls import path, re_path

from reviewflow.services.accounts.tokens import Scope
from reviewflow.web.api import cases, catalogue, documents, person
from reviewflow.web.api.description import operations as described
from reviewflow.web.api.operation import Operation, at, missing

app_name = "api"

_CASE = "^cases/(?P<case_id>[1-9][0-9]{0,14})"

urlpatterns = [
    path(
        "openapi.json",
        at(get=Operation(person.description, described.DESCRIPTION, open_to_all=True)),
        name="description",
    ),
    path("me", at(get=Operation(person.me, described.ME)), name="me"),
    path("documents", at(post=Operation(documents.submit, described.SUBMIT, Scope.SUBMIT)), name="documents"),
    path("queue", at(get=Operation(cases.queue, described.QUEUE, Scope.READ)), name="queue"),
    re_path(f"{_CASE}$", at(get=Operation(cases.case, described.CASE, Scope.READ)), name="case"),
    re_path(f"{_CASE}/actions$", at(post=Operation(cases.action, described.ACT, Scope.SIGN)), name="actions"),
    path("search", at(get=Operation(cases.search, described.SEARCH, Scope.READ)), name="search"),
    path("catalogue", at(get=Operation(catalogue.catalogue, described.CATALOGUE)), name="catalogue"),
    re_path("", missing, name="missing"),
]
