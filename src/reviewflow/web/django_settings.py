"""Django's settings for the review desk: ``DJANGO_SETTINGS_MODULE=reviewflow.web.django_settings``."""

import os
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "reviewflow.web.django_settings")

from reviewflow.records.configuration import APPLICATION, database
from reviewflow.settings import load_settings
from reviewflow.web.secret import read_secret

_SETTINGS = load_settings()
_HERE = Path(__file__).resolve().parent
_TLS = _SETTINGS.server.behind_tls

globals().update(APPLICATION)
INSTALLED_APPS = [*APPLICATION["INSTALLED_APPS"], "django.contrib.staticfiles", "reviewflow.web"]
DATABASES = {"default": database(_SETTINGS)}
SECRET_KEY = read_secret(_SETTINGS)
DEBUG = False
ALLOWED_HOSTS = [host.strip() for host in _SETTINGS.server.hosts.split(",") if host.strip()]
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS] if _TLS else []
ROOT_URLCONF = "reviewflow.web.urls"
WSGI_APPLICATION = None

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "reviewflow.web.middleware.content_security",
    "reviewflow.web.middleware.signed_in",
    "reviewflow.web.middleware.told_errors",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [_HERE / "templates"],
        "APP_DIRS": False,
        "OPTIONS": {
            "context_processors": ["reviewflow.web.context.desk"],
            "builtins": ["reviewflow.web.templatetags.desk"],
        },
    }
]

# The cookie holds nothing but the sign-in's token and short messages, signed; the sign-in itself is a row of the
# ledger, so that a changed role or a closed account ends it at once, in browser and terminal alike.
SESSION_ENGINE = "django.contrib.sessions.backends.signed_cookies"
SESSION_COOKIE_NAME = "reviewflow"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Strict"
SESSION_COOKIE_AGE = _SETTINGS.accounts.session_hours * 3600
SESSION_COOKIE_SECURE = _TLS
CSRF_COOKIE_SECURE = _TLS
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Strict"
CSRF_FAILURE_VIEW = "reviewflow.web.failures.csrf"
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = _TLS
SECURE_HSTS_SECONDS = 31_536_000 if _TLS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = _TLS
SECURE_HSTS_PRELOAD = _TLS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _TLS else None

STATIC_URL = "/static/"
STATICFILES_DIRS = [_HERE / "static"]
STATIC_ROOT = None
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False

DATA_UPLOAD_MAX_MEMORY_SIZE = 2_000_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1_000
DATA_UPLOAD_MAX_NUMBER_FILES = _SETTINGS.server.upload_files
FILE_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
LOGGING_CONFIG = None
