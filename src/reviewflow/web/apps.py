"""The Django application of the pages."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Pages without tables."""

    name = "reviewflow.web"
    label = "web"
