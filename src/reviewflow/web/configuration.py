"""Django's settings for the review desk. Every protection that Django has is on; what TLS needs follows one switch."""

from pathlib import Path
from typing import Any

from reviewflow.database import APPLICATION, database
from reviewflow.settings import Settings
from reviewflow.web.secret import read_secret

_HERE = Path(__file__).resolve().parent

_MIDDLEWARE = [
    "reviewflow.web.office.one_configuration",
    "reviewflow.web.http.middleware.content_security",  # before the others: what they refuse passes it too
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "reviewflow.web.http.middleware.signed_in",
    "reviewflow.web.http.middleware.render_errors",
]
_TEMPLATES = {
    "BACKEND": "django.template.backends.django.DjangoTemplates",
    "DIRS": [_HERE / "templates"],
    "APP_DIRS": False,
    "OPTIONS": {
        "context_processors": ["reviewflow.web.context.desk"],
        "builtins": ["reviewflow.web.templatetags.desk"],
    },
}


def desk_settings(settings: Settings) -> dict[str, Any]:
    """The whole of Django's settings for the desk of an installation."""
    return {
        **APPLICATION,
        "INSTALLED_APPS": [*APPLICATION["INSTALLED_APPS"], "django.contrib.staticfiles", "reviewflow.web"],
        "DATABASES": {"default": {**database(settings), "CONN_MAX_AGE": None}},
        "SECRET_KEY": read_secret(settings),
        "DEBUG": False,
        "ROOT_URLCONF": "reviewflow.web.urls",
        "MIDDLEWARE": _MIDDLEWARE,
        "TEMPLATES": [_TEMPLATES],
        "CSRF_FAILURE_VIEW": "reviewflow.web.http.failures.csrf",
        "STATIC_URL": "/static/",
        "STATICFILES_DIRS": [_HERE / "static"],
        "WHITENOISE_USE_FINDERS": True,
        "WHITENOISE_AUTOREFRESH": False,
        "LOGGING_CONFIG": None,
        **_cookies(settings),
        **_transport(settings),
        **_uploads(settings),
    }


def _cookies(settings: Settings) -> dict[str, Any]:
    """The cookie holds the sign-in's token and short messages, signed. The sign-in itself is a row of the ledger: a
    changed role or a closed account ends it at once, in browser and terminal alike."""
    tls = settings.server.behind_tls
    return {
        "SESSION_ENGINE": "django.contrib.sessions.backends.signed_cookies",
        "SESSION_COOKIE_NAME": "reviewflow",
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Strict",
        "SESSION_COOKIE_AGE": settings.accounts.session_hours * 3600,
        "SESSION_COOKIE_SECURE": tls,
        "CSRF_COOKIE_SECURE": tls,
        "CSRF_COOKIE_HTTPONLY": True,
        "CSRF_COOKIE_SAMESITE": "Strict",
    }


def _transport(settings: Settings) -> dict[str, Any]:
    """Host names, TLS and the headers that go with it."""
    tls = settings.server.behind_tls
    hosts = [host.strip() for host in settings.server.hosts.split(",") if host.strip()]
    return {
        "ALLOWED_HOSTS": hosts,
        "CSRF_TRUSTED_ORIGINS": [f"https://{host}" for host in hosts] if tls else [],
        "X_FRAME_OPTIONS": "DENY",
        "SECURE_CONTENT_TYPE_NOSNIFF": True,
        "SECURE_REFERRER_POLICY": "same-origin",
        "SECURE_SSL_REDIRECT": tls,
        "SECURE_HSTS_SECONDS": 31_536_000 if tls else 0,
        "SECURE_HSTS_INCLUDE_SUBDOMAINS": tls,
        "SECURE_HSTS_PRELOAD": tls,
        "SECURE_PROXY_SSL_HEADER": ("HTTP_X_FORWARDED_PROTO", "https") if tls else None,
    }


def _uploads(settings: Settings) -> dict[str, Any]:
    """Bounds on what one request may carry."""
    return {
        "DATA_UPLOAD_MAX_MEMORY_SIZE": 2_000_000,
        "DATA_UPLOAD_MAX_NUMBER_FIELDS": 1_000,
        "DATA_UPLOAD_MAX_NUMBER_FILES": settings.server.upload_files,
        "FILE_UPLOAD_MAX_MEMORY_SIZE": 2_500_000,
    }
