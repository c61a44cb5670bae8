"""Settings, all from the environment or from ``.env`` beside ``manage.py``.

The environment wins over the file. ENV_FILE names another file, or none when it is empty.

``docs/settings.md`` lists every variable. Importing this module starts nothing and
writes nothing; a value that cannot be right stops the start with a sentence that
says what to write instead.
"""

from datetime import timedelta
from pathlib import Path

import pghistory
import pgtrigger
from django.core.exceptions import ImproperlyConfigured
from django.templatetags.static import static
from django.urls import reverse_lazy

from factcheck.env import Env, broker_url, database_config, read_env_file, time_zone
from factcheck.logs import logging_config

BASE_DIR = Path(__file__).resolve().parent.parent

env = Env()
read_env_file(BASE_DIR / ".env")

VAR_DIR = Path(env.str("VAR_DIR", default=str(BASE_DIR / "var")))

# --- Who and where ---------------------------------------------------------------------

DEBUG = env.flag("DEBUG", default=False)

DEVELOPMENT_SECRET_KEY = "insecure-development-key-never-use-it-where-others-can-reach-it"  # noqa: S105
SECRET_KEY_MIN_LENGTH = 50
SECRET_KEY = env.str("SECRET_KEY", default=DEVELOPMENT_SECRET_KEY)
if not DEBUG:
    if SECRET_KEY == DEVELOPMENT_SECRET_KEY:
        raise ImproperlyConfigured(
            "SECRET_KEY is not set. Set DEBUG=1 on your own machine; elsewhere make a key with\n"
            "  python -c 'import secrets; print(secrets.token_urlsafe(50))'\n"
            "and pass it as SECRET_KEY, or its file as SECRET_KEY_FILE."
        )
    if len(SECRET_KEY) < SECRET_KEY_MIN_LENGTH or len(set(SECRET_KEY)) < 5:
        raise ImproperlyConfigured(
            f"SECRET_KEY is too weak: it needs at least {SECRET_KEY_MIN_LENGTH} characters, "
            "not all alike."
        )

ALLOWED_HOSTS = env.names(
    "ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"] if DEBUG else []
)
if not DEBUG and "*" in ALLOWED_HOSTS:
    raise ImproperlyConfigured(
        "ALLOWED_HOSTS=* lets any host name through. Name the hosts the desk is served on, "
        "for example ALLOWED_HOSTS=desk.example.org"
    )
CSRF_TRUSTED_ORIGINS = env.names("CSRF_TRUSTED_ORIGINS")

# --- Parts -----------------------------------------------------------------------------

INSTALLED_APPS = [
    "unfold",
    "unfold.contrib.filters",
    "unfold.contrib.forms",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django_celery_beat",
    "django_structlog",
    "health_check",
    "pgtrigger",
    "pghistory",
    "claims",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_structlog.middlewares.RequestMiddleware",
    "pghistory.middleware.HistoryMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "factcheck.urls"
WSGI_APPLICATION = "factcheck.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- Database --------------------------------------------------------------------------

DATABASE_URL = env.str("DATABASE_URL", default="")
if DATABASE_URL:
    DATABASES = {"default": database_config(DATABASE_URL)}
    DATABASES["default"]["CONN_MAX_AGE"] = env.whole("DATABASE_CONN_MAX_AGE", default=60)
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
else:
    DATABASES = {
        "default": {
            "ENGINE": "factcheck.postgres",
            "NAME": "factcheck",
            "DATA_DIR": VAR_DIR / "postgres",
        }
    }

# History: every insert, update and delete of every model, in tables that only grow. The
# context (who, which request or task) is stored in each event, so that it cannot be
# changed behind an event's back.
PGHISTORY_APPEND_ONLY = True
PGHISTORY_LEVEL = pgtrigger.Statement
PGHISTORY_CONTEXT_FIELD = pghistory.ContextJSONField()
PGHISTORY_CONTEXT_ID_FIELD = pghistory.ContextUUIDField()
PGHISTORY_CREATED_AT_FUNCTION = "clock_timestamp()"

# --- Celery: the engine; the database is the truth (docs/decisions/0003) -----------------

CELERY_BROKER_URL = broker_url(env.str("CELERY_BROKER_URL", default="filesystem://localhost//"))
if CELERY_BROKER_URL.startswith("filesystem:"):
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "data_folder_in": str(VAR_DIR / "broker" / "queue"),
        "data_folder_out": str(VAR_DIR / "broker" / "queue"),
        "control_folder": str(VAR_DIR / "broker" / "control"),
        "polling_interval": 0.1,
    }
elif CELERY_BROKER_URL.startswith(("redis:", "rediss:", "redis+socket:")):
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "visibility_timeout": env.whole(
            "CELERY_VISIBILITY_TIMEOUT_SECONDS", default=3600, minimum=60
        )
    }
else:
    CELERY_BROKER_TRANSPORT_OPTIONS = {}
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_WORKER_MAX_MEMORY_PER_CHILD = env.whole("WORKER_MAX_MEMORY_KIB", default=600_000)
CELERY_TIMEZONE = "UTC"
CELERY_BEAT_SCHEDULER = "django_celery_beat.schedulers:DatabaseScheduler"

# An extraction: task limit < lease, so that a run is never taken over while still alive.
EXTRACTION_TIME_LIMIT_SECONDS = env.whole("EXTRACTION_TIME_LIMIT_SECONDS", default=120, minimum=1)
EXTRACTION_LEASE_SECONDS = env.whole("EXTRACTION_LEASE_SECONDS", default=180, minimum=1)
EXTRACTION_MAX_ATTEMPTS = env.whole("EXTRACTION_MAX_ATTEMPTS", default=5, minimum=1)
EXTRACTION_RETRY_SECONDS = env.whole("EXTRACTION_RETRY_SECONDS", default=30, minimum=1)
EXTRACTION_MAX_CHARACTERS = env.whole("EXTRACTION_MAX_CHARACTERS", default=2_000_000, minimum=1000)
# How long a message may take from ringing to work before the sweeper rings again.
RING_AGAIN_SECONDS = env.whole("RING_AGAIN_SECONDS", default=60, minimum=1)
SWEEP_INTERVAL_SECONDS = env.whole("SWEEP_INTERVAL_SECONDS", default=15, minimum=1)
SWEEP_BATCH = env.whole("SWEEP_BATCH", default=500, minimum=1)
CELERY_BEAT_SCHEDULE = {
    "ring-due-extractions": {
        "task": "claims.tasks.ring_due_extractions",
        "schedule": timedelta(seconds=SWEEP_INTERVAL_SECONDS),
    },
}

# --- Quotes ----------------------------------------------------------------------------

# A machine quote that covers a reviewed one by at least this share (intersection over
# union of characters) is the same utterance and is not offered again.
REVIEWED_OVERLAP = env.share("REVIEWED_OVERLAP", default=0.5)
QUOTE_CONTEXT_CHARACTERS = env.whole("QUOTE_CONTEXT_CHARACTERS", default=64, minimum=8)
SPEAKER_SUGGESTIONS_MAX = env.whole("SPEAKER_SUGGESTIONS_MAX", default=8, minimum=1)

# --- Ingest ----------------------------------------------------------------------------

INGEST_MAX_BYTES = env.whole("INGEST_MAX_BYTES", default=20 * 1024 * 1024, minimum=1)
FETCH_CONNECT_SECONDS = env.whole("FETCH_CONNECT_SECONDS", default=10, minimum=1)
FETCH_READ_SECONDS = env.whole("FETCH_READ_SECONDS", default=20, minimum=1)
FETCH_TOTAL_SECONDS = env.whole("FETCH_TOTAL_SECONDS", default=60, minimum=1)
FETCH_MAX_REDIRECTS = env.whole("FETCH_MAX_REDIRECTS", default=5)
FETCH_ALLOWED_NETWORKS = env.names("FETCH_ALLOWED_NETWORKS")
FETCH_USER_AGENT = env.str(
    "FETCH_USER_AGENT", default="factcheck/0.1 (quote tracking for a newsroom)"
)

# --- Web -------------------------------------------------------------------------------

LANGUAGE_CODE = "en-gb"
TIME_ZONE = time_zone(env.str("TIME_ZONE", default="UTC"))
USE_TZ = True
USE_I18N = True

STATIC_URL = "static/"
STATIC_ROOT = VAR_DIR / "static"
MEDIA_ROOT = Path(env.str("MEDIA_ROOT", default=str(VAR_DIR / "media")))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = DEBUG
WHITENOISE_AUTOREFRESH = DEBUG

LOGIN_URL = reverse_lazy("admin:login")
LOGIN_REDIRECT_URL = reverse_lazy("admin:index")
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]

# With DEBUG=0 everything is served over TLS unless HTTPS_ONLY=0 says that the desk stays
# on a private network.
HTTPS_ONLY = env.flag("HTTPS_ONLY", default=not DEBUG)
SESSION_COOKIE_SECURE = HTTPS_ONLY
CSRF_COOKIE_SECURE = HTTPS_ONLY
SESSION_COOKIE_AGE = env.whole("SESSION_HOURS", default=12, minimum=1) * 3600
SECURE_SSL_REDIRECT = HTTPS_ONLY
SECURE_REDIRECT_EXEMPT = [r"^healthz/?$"]
SECURE_HSTS_SECONDS = env.whole("HSTS_SECONDS", default=31_536_000 if HTTPS_ONLY else 0)
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS_ONLY
SECURE_HSTS_PRELOAD = HTTPS_ONLY
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if env.flag("TRUST_PROXY_TLS_HEADER", default=False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# --- Logs ------------------------------------------------------------------------------

LOG_LEVEL = env.str("LOG_LEVEL", default="INFO").upper()
LOG_FORMAT = env.str("LOG_FORMAT", default="console" if DEBUG else "json")
LOGGING = logging_config(level=LOG_LEVEL, form=LOG_FORMAT)
DJANGO_STRUCTLOG_CELERY_ENABLED = True

# --- The desk's looks ------------------------------------------------------------------

UNFOLD = {
    "SITE_TITLE": "Fact-check desk",
    "SITE_HEADER": "Fact-check desk",
    "SITE_SUBHEADER": "Quotes, claims, verdicts",
    "SITE_SYMBOL": "fact_check",
    "SITE_URL": None,  # the desk is the site
    "SHOW_HISTORY": True,
    "SHOW_VIEW_ON_SITE": False,
    "SITE_FAVICONS": [
        {
            "rel": "icon",
            "type": "image/svg+xml",
            "href": lambda request: static("claims/favicon.svg"),
        }
    ],
    "STYLES": [lambda request: static("claims/desk.css")],
    "SIDEBAR": {"navigation": "claims.admin.navigation.sidebar"},
    "DASHBOARD_CALLBACK": "claims.admin.dashboard.dashboard",
    "COLORS": {
        "primary": {
            "50": "#f0f7fa",
            "100": "#dcecf3",
            "200": "#bddbe8",
            "300": "#8fc1d6",
            "400": "#599fbd",
            "500": "#3a83a3",
            "600": "#2a6a88",
            "700": "#24566f",
            "800": "#22495d",
            "900": "#203e4f",
            "950": "#142834",
        },
    },
}
