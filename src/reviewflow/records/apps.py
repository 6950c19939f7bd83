"""The Django application of the ledger."""

from django.apps import AppConfig


class RecordsConfig(AppConfig):
    """Tables of the review."""

    name = "reviewflow.records"
    label = "records"
    default_auto_field = "django.db.models.BigAutoField"
