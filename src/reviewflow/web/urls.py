"""Where every page stands. Each page's module says who may see it; each action is a POST."""

from django.urls import path

from reviewflow.web import failures
from reviewflow.web.views import signing_in

urlpatterns = [
    path("login", signing_in.login, name="login"),
    path("logout", signing_in.logout, name="logout"),
]

handler400 = failures.refused
handler403 = failures.refused
handler404 = failures.not_found
handler500 = failures.broken
