"""Django's settings as a module, for tools that want one: ``DJANGO_SETTINGS_MODULE=reviewflow.records.django_settings``."""

from reviewflow.records.configuration import django_settings
from reviewflow.settings import load_settings

globals().update(django_settings(load_settings()))
