"""Django's settings as a module, for tools: ``DJANGO_SETTINGS_MODULE=reviewflow.web.django_settings``."""

from reviewflow.settings import load_settings
from reviewflow.web.configuration import desk_settings

globals().update(desk_settings(load_settings()))
