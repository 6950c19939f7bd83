"""The addresses of the interface, under /api/."""

from django.urls import re_path

from reviewflow.web.api.operation import view_of
from reviewflow.web.api.operations import OPERATIONS

app_name = "api"

_CASE_ID = "(?P<case_id>[1-9][0-9]{0,14})"


def _pattern(path: str) -> str:
    return "^" + path.lstrip("/").replace(".", r"\.").replace("{case_id}", _CASE_ID) + "$"


urlpatterns = [
    *(re_path(_pattern(one.path), view_of([one]), name=one.name) for one in OPERATIONS),
    re_path("", view_of([]), name="missing"),
]
