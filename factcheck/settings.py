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
from celery.schedules import crontab
from csp import constants as csp
from django.core.exceptions import ImproperlyConfigured
from django.templatetags.static import static
from django.urls import reverse_lazy
from kombu import Exchange, Queue

from factcheck.env import (
    Env,
    broker_url,
    claim_url,
    contact,
    database_config,
    desk_url,
    email_config,
    language_tag,
    proxy_url,
    publisher_url,
    read_env_file,
    snapshot_storage,
    time_zone,
    user_agent,
)
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
    "django.contrib.humanize",
    "corsheaders",
    "rest_framework",
    "django_filters",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "django_celery_beat",
    "django_structlog",
    "axes",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_otp.plugins.otp_static",
    "csp",
    "health_check",
    "pgtrigger",
    "pghistory",
    "claims",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "corsheaders.middleware.CorsMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "factcheck.slashes.SlashOptional",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "factcheck.sessions.SessionsEnd",
    "django_structlog.middlewares.RequestMiddleware",
    "pghistory.middleware.HistoryMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "factcheck.urls"
WSGI_APPLICATION = "factcheck.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        # Before the theme's, so that a template of the same name is ours.
        "DIRS": [BASE_DIR / "claims" / "templates"],
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
        ),
        # A Redis that hangs is as bad as none: without these a request waits for minutes.
        "socket_connect_timeout": 5,
        "socket_timeout": 30,
        "socket_keepalive": True,
    }
else:
    CELERY_BROKER_TRANSPORT_OPTIONS = {}
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
# For ever: a worker that gave up would have to be started again by somebody.
CELERY_BROKER_CONNECTION_MAX_RETRIES = None
CELERY_BROKER_HEARTBEAT = 30
# Work goes on without the broker: the row says who has it, and nobody else takes it.
CELERY_WORKER_CANCEL_LONG_RUNNING_TASKS_ON_CONNECTION_LOSS = False
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_WORKER_MAX_MEMORY_PER_CHILD = env.whole("WORKER_MAX_MEMORY_KIB", default=600_000)
CELERY_WORKER_MAX_TASKS_PER_CHILD = env.whole("WORKER_MAX_TASKS", default=1000, minimum=1)
# A queue for each kind of work, so that a flood of one keeps no other waiting. A worker
# takes all of them, one in turn, unless it is told which (celery worker --queues).
CELERY_TASK_QUEUES = [
    Queue(name, Exchange("factcheck"), routing_key=name)
    for name in ("fetch", "extract", "poll", "webhook", "housekeeping")
]
CELERY_TASK_DEFAULT_QUEUE = "housekeeping"
CELERY_TASK_DEFAULT_EXCHANGE = "factcheck"
CELERY_TASK_DEFAULT_ROUTING_KEY = "housekeeping"
CELERY_TASK_ROUTES = {
    "claims.tasks.fetch_*": {"queue": "fetch"},
    "claims.tasks.extract_*": {"queue": "extract"},
    "claims.tasks.poll_*": {"queue": "poll"},
    "claims.tasks.deliver_*": {"queue": "webhook"},
}
# After its time limit a task has this long to write down why it failed; then it is killed.
HARD_KILL_SECONDS = env.whole("HARD_KILL_SECONDS", default=5, minimum=1)
CELERY_TIMEZONE = "UTC"
CELERY_BEAT_SCHEDULER = "django_celery_beat.schedulers:DatabaseScheduler"

# An extraction: task limit < lease, so that a run is never taken over while still alive.
EXTRACTION_TIME_LIMIT_SECONDS = env.whole("EXTRACTION_TIME_LIMIT_SECONDS", default=120, minimum=1)
EXTRACTION_LEASE_SECONDS = env.whole("EXTRACTION_LEASE_SECONDS", default=180, minimum=1)
EXTRACTION_MAX_ATTEMPTS = env.whole("EXTRACTION_MAX_ATTEMPTS", default=5, minimum=1)
EXTRACTION_RETRY_SECONDS = env.whole("EXTRACTION_RETRY_SECONDS", default=30, minimum=1)
EXTRACTION_MAX_CHARACTERS = env.whole("EXTRACTION_MAX_CHARACTERS", default=500_000, minimum=1000)
# Words and marks take the network its time: these some 60 s of one core.
EXTRACTION_MAX_WORDS = env.whole("EXTRACTION_MAX_WORDS", default=150_000, minimum=100)
# A quote that the engine is less sure of is not offered to the desk.
EXTRACTION_MIN_CONFIDENCE = env.share("EXTRACTION_MIN_CONFIDENCE", default=0.4)
# A fetch: the total time of FETCH_TOTAL_SECONDS and the reading of the page < limit < lease.
FETCH_TIME_LIMIT_SECONDS = env.whole("FETCH_TIME_LIMIT_SECONDS", default=120, minimum=1)
FETCH_LEASE_SECONDS = env.whole("FETCH_LEASE_SECONDS", default=180, minimum=1)
FETCH_MAX_ATTEMPTS = env.whole("FETCH_MAX_ATTEMPTS", default=6, minimum=1)
FETCH_RETRY_SECONDS = env.whole("FETCH_RETRY_SECONDS", default=60, minimum=1)
# Pages of one host that are begun in one sweep: the others wait for the next.
FETCHES_PER_HOST_AND_SWEEP = env.whole("FETCHES_PER_HOST_AND_SWEEP", default=10, minimum=1)
# A poll: the feed and, of a sitemap index, its parts < limit < lease.
FEED_TIME_LIMIT_SECONDS = env.whole("FEED_TIME_LIMIT_SECONDS", default=240, minimum=1)
FEED_LEASE_SECONDS = env.whole("FEED_LEASE_SECONDS", default=300, minimum=1)
# A delivery of a webhook: WEBHOOK_TIMEOUT_SECONDS < limit < lease.
WEBHOOK_TIME_LIMIT_SECONDS = env.whole("WEBHOOK_TIME_LIMIT_SECONDS", default=30, minimum=1)
WEBHOOK_LEASE_SECONDS = env.whole("WEBHOOK_LEASE_SECONDS", default=60, minimum=1)
# How long a message may take from ringing to work before the sweeper rings again.
RING_AGAIN_SECONDS = env.whole("RING_AGAIN_SECONDS", default=60, minimum=1)
SWEEP_INTERVAL_SECONDS = env.whole("SWEEP_INTERVAL_SECONDS", default=15, minimum=1)
# While so many messages wait in a queue, its sweep sends no more.
QUEUE_MAX_MESSAGES = env.whole("QUEUE_MAX_MESSAGES", default=5000, minimum=1)
SWEEP_BATCH = env.whole("SWEEP_BATCH", default=500, minimum=1)
daily_mail_hour = env.whole("DAILY_MAIL_HOUR", default=6)
if daily_mail_hour > 23:
    raise ImproperlyConfigured(f"DAILY_MAIL_HOUR={daily_mail_hour} is no hour: write 0 to 23.")
# Figures that took longer to count than so many milliseconds are kept for so many seconds.
FIGURES_SLOW_MS = env.whole("FIGURES_SLOW_MS", default=100)
FIGURES_KEEP_SECONDS = env.whole("FIGURES_KEEP_SECONDS", default=600, minimum=2)
CELERY_BEAT_SCHEDULE = {
    "ring-due-extractions": {
        "task": "claims.tasks.ring_due_extractions",
        "schedule": timedelta(seconds=SWEEP_INTERVAL_SECONDS),
    },
    "ring-due-fetches": {
        "task": "claims.tasks.ring_due_fetches",
        "schedule": timedelta(seconds=SWEEP_INTERVAL_SECONDS),
    },
    "ring-due-feeds": {
        "task": "claims.tasks.ring_due_feeds",
        "schedule": timedelta(seconds=SWEEP_INTERVAL_SECONDS),
    },
    "ring-due-deliveries": {
        "task": "claims.tasks.ring_due_deliveries",
        "schedule": timedelta(seconds=SWEEP_INTERVAL_SECONDS),
    },
    "publish-due-verdicts": {
        "task": "claims.tasks.publish_due_verdicts",
        "schedule": timedelta(seconds=SWEEP_INTERVAL_SECONDS),
    },
    "tell-of-ended-embargoes": {
        "task": "claims.tasks.tell_of_ended_embargoes",
        "schedule": timedelta(seconds=SWEEP_INTERVAL_SECONDS),
    },
    "send-mails": {
        "task": "claims.tasks.send_mails",
        "schedule": timedelta(seconds=SWEEP_INTERVAL_SECONDS),
    },
    "send-daily-mails": {
        "task": "claims.tasks.send_daily_mails",
        "schedule": crontab(minute="0", hour=str(daily_mail_hour)),
    },
    "renew-kept-figures": {
        "task": "claims.tasks.renew_kept_figures",
        "schedule": timedelta(seconds=FIGURES_KEEP_SECONDS / 2),
    },
    "check-the-record": {
        "task": "claims.tasks.check_the_record",
        "schedule": crontab(minute="17", hour="3", day_of_week="sunday"),
    },
    "tidy-up": {
        "task": "claims.tasks.tidy_up",
        "schedule": crontab(minute="41", hour="4"),
    },
}

# --- Pipeline: figures, health, housekeeping (docs/decisions/0017) ------------------------

# /metrics is not there unless one of these is set.
METRICS_TOKEN = env.str("METRICS_TOKEN", default="")
METRICS_NETWORKS = env.networks("METRICS_NETWORKS")
# /readyz says no when work has waited longer than this.
READY_MAX_QUEUE_AGE_SECONDS = env.whole("READY_MAX_QUEUE_AGE_SECONDS", default=1800, minimum=1)
HEARTBEAT_SECONDS = env.whole("HEARTBEAT_SECONDS", default=15, minimum=1)
# Without a sign of life for so long, a scheduler or worker is shown as missing ...
HEARTBEAT_LATE_SECONDS = env.whole("HEARTBEAT_LATE_SECONDS", default=120, minimum=1)
# ... and after so many days forgotten.
HEARTBEAT_KEEP_DAYS = env.whole("HEARTBEAT_KEEP_DAYS", default=7, minimum=1)
HOST_KEEP_DAYS = env.whole("HOST_KEEP_DAYS", default=90, minimum=1)

# --- Quotes ----------------------------------------------------------------------------

# A machine quote that covers a reviewed one by at least this share (intersection over
# union of characters) is the same utterance and is not offered again.
REVIEWED_OVERLAP = env.share("REVIEWED_OVERLAP", default=0.5)
QUOTE_CONTEXT_CHARACTERS = env.whole("QUOTE_CONTEXT_CHARACTERS", default=64, minimum=8)
# How long a candidate stays with whoever looks at it, and how long a decision can be undone.
TRIAGE_HOLD_SECONDS = env.whole("TRIAGE_HOLD_SECONDS", default=300, minimum=10)
TRIAGE_UNDO_HOURS = env.whole("TRIAGE_UNDO_HOURS", default=12, minimum=1)
# Characters of an article shown at once; of a longer one what is around the candidate.
TRIAGE_TEXT_CHARACTERS = env.whole("TRIAGE_TEXT_CHARACTERS", default=60_000, minimum=1000)
# Triage by topic looks around so many of the topic's newest claims.
TRIAGE_TOPIC_CLAIMS = env.whole("TRIAGE_TOPIC_CLAIMS", default=200, minimum=1)
SAVED_VIEWS_MAX = env.whole("SAVED_VIEWS_MAX", default=30, minimum=1)
# Claims that a quote may repeat: how many are compared, how many a word may find, how many shown.
MATCH_CANDIDATES = env.whole("MATCH_CANDIDATES", default=60, minimum=1)
MATCH_WORD_CLAIMS = env.whole("MATCH_WORD_CLAIMS", default=400, minimum=1)
MATCH_SHOWN = env.whole("MATCH_SHOWN", default=5, minimum=1)
# A text of fewer words, without a number, is a slogan: compared with what its speaker said, or
# what was said within so many days.
MATCH_MIN_WORDS = env.whole("MATCH_MIN_WORDS", default=5, minimum=1)
MATCH_SLOGAN_DAYS = env.whole("MATCH_SLOGAN_DAYS", default=60, minimum=1)
MATCH_MIN_SCORE = env.share("MATCH_MIN_SCORE", default=0.55)
# On the Figures page a share of fewer is marked as saying little.
FIGURES_SMALL_SAMPLE = env.whole("FIGURES_SMALL_SAMPLE", default=30, minimum=1)
SPEAKER_SUGGESTIONS_MAX = env.whole("SPEAKER_SUGGESTIONS_MAX", default=8, minimum=1)
# Lists of more rows say about how many; pages further back are not opened.
LIST_EXACT_COUNT = env.whole("LIST_EXACT_COUNT", default=1_000, minimum=1)
LIST_MAX_PAGES = env.whole("LIST_MAX_PAGES", default=200, minimum=1)
# On a speaker's page: claims, contradictions and quotes listed each; and, where a name is split
# off, quotes to choose from.
SPEAKER_PAGE_ROWS = env.whole("SPEAKER_PAGE_ROWS", default=25, minimum=1)
SPEAKER_SPLIT_QUOTES = env.whole("SPEAKER_SPLIT_QUOTES", default=100, minimum=2)
# Names without a speaker are gathered from the newest so many quotes, and so many are shown.
UNRESOLVED_GATHERED = env.whole("UNRESOLVED_GATHERED", default=5000, minimum=1)
UNRESOLVED_SHOWN = env.whole("UNRESOLVED_SHOWN", default=50, minimum=1)

# --- The desk: approvals, comments, links (docs/decisions/0020) --------------------------

# How many colleagues who wrote nothing of a verdict must agree to it.
APPROVALS_NEEDED = env.whole("APPROVALS_NEEDED", default=1, minimum=1)
COMMENT_MAX_CHARACTERS = env.whole("COMMENT_MAX_CHARACTERS", default=10_000, minimum=1)
LINK_SUGGESTIONS_MAX = env.whole("LINK_SUGGESTIONS_MAX", default=5)
LINK_CANDIDATES = env.whole("LINK_CANDIDATES", default=200, minimum=1)

# --- The REST API (docs/decisions/0023) ---------------------------------------------------

# Whether anybody, without a key, may read what is published and under no embargo.
PUBLIC_READ = env.flag("PUBLIC_READ", default=False)
API_PAGE_SIZE = env.whole("API_PAGE_SIZE", default=50, minimum=1)
API_PAGE_MAX = env.whole("API_PAGE_MAX", default=500, minimum=1)
API_MAX_BODY_BYTES = env.whole("API_MAX_BODY_BYTES", default=16 * 1024 * 1024, minimum=1024)
# Django's own bound on what a request may carry, files apart.
DATA_UPLOAD_MAX_MEMORY_SIZE = API_MAX_BODY_BYTES
# How long a request that prefers to wait is kept waiting for work to end, at most.
API_MAX_WAIT_SECONDS = env.whole("API_MAX_WAIT_SECONDS", default=30)
# How long the answer to a POST with an Idempotency-Key is kept to be said again.
IDEMPOTENCY_HOURS = env.whole("IDEMPOTENCY_HOURS", default=24, minimum=1)
# Requests of one key, and of one address without a valid one. Counted in CACHE_URL, which is
# Redis where several web processes or machines serve the desk.
API_KEY_RATE = env.rate("API_KEY_RATE", default="1200/minute")
API_ADDRESS_RATE = env.rate("API_ADDRESS_RATE", default="120/minute")
CACHE_URL = env.str("CACHE_URL", default="memory://")
SEARCH_MAX_CHARACTERS = env.whole("SEARCH_MAX_CHARACTERS", default=500, minimum=1)
# Facets are counted over so many of the newest matches, and show so many values.
SEARCH_FACET_ROWS = env.whole("SEARCH_FACET_ROWS", default=1000, minimum=1)
SEARCH_FACET_VALUES = env.whole("SEARCH_FACET_VALUES", default=20, minimum=1)
# Web pages of these origins, such as https://example.org, may call the API from a browser.
CORS_ALLOWED_ORIGINS = env.names("CORS_ALLOWED_ORIGINS")
CORS_URLS_REGEX = r"^/api/"
CORS_ALLOW_HEADERS = [
    *("accept", "authorization", "content-type", "if-match", "if-none-match"),
    *("idempotency-key", "prefer", "x-csrftoken"),
]
CORS_EXPOSE_HEADERS = [
    *("ETag", "Last-Modified", "Link", "Location", "Retry-After", "Idempotency-Replayed"),
    *("RateLimit-Limit", "RateLimit-Remaining", "RateLimit-Reset", "Change-Cursor"),
]
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "claims.api.authentication.ApiKeyAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["claims.api.permissions.ScopeAndRole"],
    "DEFAULT_PARSER_CLASSES": ["claims.api.media.StrictJSONParser"],
    "DEFAULT_RENDERER_CLASSES": ["claims.api.media.JSONRenderer"],
    "DEFAULT_METADATA_CLASS": None,
    "DEFAULT_SCHEMA_CLASS": "claims.api.schema.Operation",
    "EXCEPTION_HANDLER": "claims.api.errors.handler",
    "UNAUTHENTICATED_USER": "django.contrib.auth.models.AnonymousUser",
    "URL_FORMAT_OVERRIDE": None,
    "FORMAT_SUFFIX_KWARG": None,
}
NAMED_CHOICES = [
    *("ArticleKind", "ClaimRelation", "ClaimStage", "EvidenceKind", "EvidenceStance"),
    *("FeedFormat", "FeedState", "FetchOutcome", "FetchPurpose", "MatchState", "Priority"),
    *("QuoteKind", "QuoteStatus", "RejectReason", "Scope", "SourceKind", "SpeakerKind"),
    *("Stance", "VerdictStatus", "WebhookState", "WorkState"),
]
SPECTACULAR_SETTINGS = {
    "TITLE": "Fact-check desk",
    "DESCRIPTION": "Who said what, and what is true of it: everything that the desk records can "
    "be read, and everything that a script may do can be done. Changes want the ETag of what was "
    "read as If-Match; a POST with an Idempotency-Key is done once; refusals are "
    "application/problem+json with a code.",
    "VERSION": "1",
    "OAS_VERSION": "3.1.0",
    "SERVE_INCLUDE_SCHEMA": False,
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "SCHEMA_PATH_PREFIX_INSERT": "",
    "GET_MOCK_REQUEST": "claims.api.schema.mock_request",
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "claims.api.schema_hooks.finish",
    ],
    # Choices are called as in claims/choices.py, wherever they are used.
    "ENUM_NAME_OVERRIDES": {
        "ProblemCode": "claims.api.errors.CODES",
        **{name: f"claims.choices.{name}" for name in NAMED_CHOICES},
    },
    "COMPONENT_SPLIT_REQUEST": True,
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "REDOC_DIST": "SIDECAR",
}

# --- Notifications and mail ---------------------------------------------------------------

# Where the desk is, for the links in mails.
DESK_URL = desk_url(env.str("DESK_URL", default=""), hosts=ALLOWED_HOSTS, debug=DEBUG)
mail_server = email_config(env.str("EMAIL_URL", default="consolemail://"))
EMAIL_BACKEND = mail_server["EMAIL_BACKEND"]
EMAIL_HOST = mail_server.get("EMAIL_HOST") or "localhost"
EMAIL_PORT = mail_server.get("EMAIL_PORT") or 25
EMAIL_HOST_USER = mail_server.get("EMAIL_HOST_USER") or ""
EMAIL_HOST_PASSWORD = mail_server.get("EMAIL_HOST_PASSWORD") or ""
EMAIL_USE_TLS = mail_server.get("EMAIL_USE_TLS", False)
EMAIL_USE_SSL = mail_server.get("EMAIL_USE_SSL", False)
EMAIL_TIMEOUT = env.whole("EMAIL_TIMEOUT_SECONDS", default=20, minimum=1)
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.str("EMAIL_FROM", default="desk@localhost")
# Mails of one sweep; news older than so many hours is not mailed any more, and after so many
# days it is forgotten.
NOTIFICATION_MAIL_BATCH = env.whole("NOTIFICATION_MAIL_BATCH", default=200, minimum=1)
NOTIFICATION_MAIL_HOURS = env.whole("NOTIFICATION_MAIL_HOURS", default=48, minimum=1)
NOTIFICATION_KEEP_DAYS = env.whole("NOTIFICATION_KEEP_DAYS", default=90, minimum=1)

# --- Webhooks (docs/decisions/0024) --------------------------------------------------------

# Plain http carries what happens at the desk in the open: for one's own machine.
WEBHOOK_ALLOW_HTTP = env.flag("WEBHOOK_ALLOW_HTTP", default=DEBUG)
# From the look-up of the name to the last byte of the answer, of which so much is kept.
WEBHOOK_TIMEOUT_SECONDS = env.whole("WEBHOOK_TIMEOUT_SECONDS", default=15, minimum=1)
WEBHOOK_RESPONSE_BYTES = env.whole("WEBHOOK_RESPONSE_BYTES", default=2000)
# When a delivery that failed is tried again, counted from its first attempt; after the last of
# them it is given up. Each wait is longer by up to the share.
WEBHOOK_RETRY_AFTER = env.durations(
    "WEBHOOK_RETRY_AFTER", default=["10s", "1m", "5m", "30m", "2h", "6h", "14h", "24h"]
)
WEBHOOK_JITTER = env.share("WEBHOOK_JITTER", default=0.1)
# Of one endpoint, in one sweep: one that is down keeps no other waiting.
WEBHOOK_DELIVERIES_PER_SWEEP = env.whole("WEBHOOK_DELIVERIES_PER_SWEEP", default=20, minimum=1)
WEBHOOK_ENDPOINTS_MAX = env.whole("WEBHOOK_ENDPOINTS_MAX", default=50, minimum=1)
# How long the secret before the last rotation still signs.
WEBHOOK_ROTATION_HOURS = env.whole("WEBHOOK_ROTATION_HOURS", default=24)
WEBHOOK_KEEP_DAYS = env.whole("WEBHOOK_KEEP_DAYS", default=30, minimum=1)

# --- Tables in and out ---------------------------------------------------------------------

EXPORT_READERS = env.whole("EXPORT_READERS", default=2, minimum=1)
EXPORT_MAX_ROWS = env.whole("EXPORT_MAX_ROWS", default=250_000, minimum=1)
IMPORT_MAX_ROWS = env.whole("IMPORT_MAX_ROWS", default=5000, minimum=1)
IMPORT_MAX_BYTES = env.whole("IMPORT_MAX_BYTES", default=10 * 1024 * 1024, minimum=1)
# An XLSX is a ZIP: what it may come to when it is unpacked.
IMPORT_MAX_UNPACKED_BYTES = env.whole(
    "IMPORT_MAX_UNPACKED_BYTES", default=50 * 1024 * 1024, minimum=1
)
# Rows that a dry run shows; those that are refused come first.
IMPORT_SHOWN_ROWS = env.whole("IMPORT_SHOWN_ROWS", default=200, minimum=1)
# A file that nobody said yes to is forgotten after so many hours.
IMPORT_DRAFT_HOURS = env.whole("IMPORT_DRAFT_HOURS", default=24, minimum=1)
# Characters of the article on either side of a quote in a label for training.
LABEL_CONTEXT_CHARACTERS = env.whole("LABEL_CONTEXT_CHARACTERS", default=500)

# --- The field's formats (docs/formats.md) ------------------------------------------------

# Under whose name verdicts are given to others, and where readers find them.
PUBLISHER_NAME = env.str("PUBLISHER_NAME", default="Fact-check desk")
PUBLISHER_URL = publisher_url(env.str("PUBLISHER_URL", default=""), desk=DESK_URL)
PUBLISHER_LANGUAGE = language_tag("PUBLISHER_LANGUAGE", env.str("PUBLISHER_LANGUAGE", default="en"))
PUBLIC_CLAIM_URL = claim_url(env.str("PUBLIC_CLAIM_URL", default=""), desk=DESK_URL)
# Of a claim that everybody repeats, so many appearances are named, the earliest.
CLAIM_REVIEW_APPEARANCES = env.whole("CLAIM_REVIEW_APPEARANCES", default=50, minimum=1)
# Reviews by others: what one import may hold, and how deep its objects lie in each other.
REVIEWS_MAX_BYTES = env.whole("REVIEWS_MAX_BYTES", default=50 * 1024 * 1024, minimum=1)
REVIEWS_MAX_ITEMS = env.whole("REVIEWS_MAX_ITEMS", default=100_000, minimum=1)
REVIEWS_MAX_DEPTH = env.whole("REVIEWS_MAX_DEPTH", default=20, minimum=4)
# Of one of them: its claim, and itself as it is kept.
REVIEW_CLAIM_CHARACTERS = env.whole("REVIEW_CLAIM_CHARACTERS", default=5000, minimum=100)
REVIEW_MAX_BYTES = env.whole("REVIEW_MAX_BYTES", default=100_000, minimum=1000)

# --- Reading at length (docs/decisions/0025) ------------------------------------------------

# Lines of one batch of new claims.
API_BATCH_MAX_LINES = env.whole("API_BATCH_MAX_LINES", default=10_000, minimum=1)
# Rows of the change feed that one read looks at, when many of them are not for the reader.
CHANGES_SCANNED = env.whole("CHANGES_SCANNED", default=10_000, minimum=1)

# --- Near copies and altered quotes ------------------------------------------------------

# Two texts are near copies when they share this part of all their word shingles, this part
# of the shorter one's, and differ in no more than this part of the numbers and names that
# stand in the same place; and when they came out within so many days of each other.
NEAR_COPY_RESEMBLANCE = env.share("NEAR_COPY_RESEMBLANCE", default=0.25)
NEAR_COPY_CONTAINMENT = env.share("NEAR_COPY_CONTAINMENT", default=0.6)
NEAR_COPY_CONFLICTS = env.share("NEAR_COPY_CONFLICTS", default=0.35)
NEAR_COPY_WINDOW_DAYS = env.whole("NEAR_COPY_WINDOW_DAYS", default=14)
NEAR_COPY_MIN_SHINGLES = env.whole("NEAR_COPY_MIN_SHINGLES", default=30, minimum=1)
NEAR_COPY_CANDIDATES = env.whole("NEAR_COPY_CANDIDATES", default=20, minimum=1)
NEAR_COPY_BAND_ROWS = env.whole("NEAR_COPY_BAND_ROWS", default=200, minimum=1)
QUOTE_COPY_SIMILARITY = env.share("QUOTE_COPY_SIMILARITY", default=0.9)
QUOTE_ALTERED_SIMILARITY = env.share("QUOTE_ALTERED_SIMILARITY", default=0.5)
# When a fetched article is read again, counted from its first reading.
RECHECK_AFTER = env.durations("RECHECK_AFTER", default=["1h", "1d", "7d", "30d"])

# --- Ingest ----------------------------------------------------------------------------

INGEST_MAX_BYTES = env.whole("INGEST_MAX_BYTES", default=20 * 1024 * 1024, minimum=1)
# Of the text found in it: a longer one is a book or a dump of data, and refused.
INGEST_MAX_CHARACTERS = env.whole("INGEST_MAX_CHARACTERS", default=5_000_000, minimum=1000)
# A PDF is read by a process of its own, with these bounds.
INGEST_PDF_MAX_PAGES = env.whole("INGEST_PDF_MAX_PAGES", default=500, minimum=1)
INGEST_PDF_SECONDS = env.whole("INGEST_PDF_SECONDS", default=30, minimum=1)
INGEST_PDF_MEMORY_MIB = env.whole("INGEST_PDF_MEMORY_MIB", default=400, minimum=100)
INGEST_STUB_CHARACTERS = env.whole("INGEST_STUB_CHARACTERS", default=1500)
FETCH_CONNECT_SECONDS = env.whole("FETCH_CONNECT_SECONDS", default=10, minimum=1)
FETCH_READ_SECONDS = env.whole("FETCH_READ_SECONDS", default=20, minimum=1)
FETCH_TOTAL_SECONDS = env.whole("FETCH_TOTAL_SECONDS", default=60, minimum=1)
FETCH_MAX_REDIRECTS = env.whole("FETCH_MAX_REDIRECTS", default=5)
FETCH_ALLOWED_NETWORKS = env.networks("FETCH_ALLOWED_NETWORKS")
FETCH_REFUSED_NETWORKS = env.networks("FETCH_REFUSED_NETWORKS")
FETCH_PROXY = proxy_url(env.str("FETCH_PROXY", default=""))
# Who asks, and where to complain. robots.txt calls us by the name at the beginning.
FETCH_USER_AGENT = user_agent(env.str("FETCH_USER_AGENT", default="factcheck/0.1"))
FETCH_CONTACT = contact(env.str("FETCH_CONTACT", default=""))

# --- Manners: how hosts are treated (docs/decisions/0013) ---------------------------------

FETCH_HOST_SECONDS = env.whole("FETCH_HOST_SECONDS", default=2)
FETCH_HOST_BURST = env.whole("FETCH_HOST_BURST", default=2, minimum=1)
FETCH_CRAWL_DELAY_MAX_SECONDS = env.whole("FETCH_CRAWL_DELAY_MAX_SECONDS", default=600)
FETCH_HOLD_SECONDS = env.whole("FETCH_HOLD_SECONDS", default=60, minimum=1)
FETCH_HOLD_MAX_SECONDS = env.whole("FETCH_HOLD_MAX_SECONDS", default=86_400, minimum=1)
FETCH_ROBOTS_SECONDS = env.whole("FETCH_ROBOTS_SECONDS", default=86_400, minimum=1)
FETCH_ROBOTS_RETRY_SECONDS = env.whole("FETCH_ROBOTS_RETRY_SECONDS", default=600, minimum=1)
FETCH_ROBOTS_FOR_REQUESTS = env.flag("FETCH_ROBOTS_FOR_REQUESTS", default=True)

# --- Feeds (docs/decisions/0015) ---------------------------------------------------------

FEED_INTERVAL_SECONDS = env.whole("FEED_INTERVAL_SECONDS", default=900, minimum=1)
FEED_MIN_INTERVAL_SECONDS = env.whole("FEED_MIN_INTERVAL_SECONDS", default=300, minimum=1)
FEED_MAX_INTERVAL_SECONDS = env.whole("FEED_MAX_INTERVAL_SECONDS", default=86_400, minimum=1)
# Feeds that fell due together drift apart: each wait is longer or shorter by up to this share.
FEED_JITTER = env.share("FEED_JITTER", default=0.1)
FEED_MAX_FAILURES = env.whole("FEED_MAX_FAILURES", default=10, minimum=1)
# Feeds that are rung for in one sweep; the hosts take turns.
FEED_POLL_BATCH = env.whole("FEED_POLL_BATCH", default=500, minimum=1)
FEED_MAX_BYTES = env.whole("FEED_MAX_BYTES", default=10 * 1024 * 1024, minimum=1)
FEED_MAX_ENTRIES = env.whole("FEED_MAX_ENTRIES", default=500, minimum=1)
FEED_FIRST_POLL_ENTRIES = env.whole("FEED_FIRST_POLL_ENTRIES", default=20, minimum=1)
FEED_MAX_SITEMAPS = env.whole("FEED_MAX_SITEMAPS", default=3, minimum=1)
# For somebody who waits: adding and testing a feed on the desk.
FEED_TEST_SECONDS = env.whole("FEED_TEST_SECONDS", default=15, minimum=1)
# How long the second request to a host waits for its turn.
FEED_TURN_SECONDS = env.whole("FEED_TURN_SECONDS", default=5)
OPML_MAX_FEEDS = env.whole("OPML_MAX_FEEDS", default=10_000, minimum=1)

# --- Web -------------------------------------------------------------------------------

LANGUAGE_CODE = "en-gb"
TIME_ZONE = time_zone(env.str("TIME_ZONE", default="UTC"))
USE_TZ = True
USE_I18N = True

STATIC_URL = "static/"
STATIC_ROOT = VAR_DIR / "static"
MEDIA_ROOT = Path(env.str("MEDIA_ROOT", default=str(VAR_DIR / "media")))
# Snapshots are evidence: in a folder, or in a bucket of anything that speaks S3. Without keys
# here the S3 client looks where it usually does (the role of the machine, above all).
SNAPSHOT_STORAGE = snapshot_storage(
    env.str("SNAPSHOT_STORAGE", default="folder"),
    bucket_name=env.str("SNAPSHOT_S3_BUCKET", default=""),
    endpoint_url=env.str("SNAPSHOT_S3_ENDPOINT", default=""),
    region_name=env.str("SNAPSHOT_S3_REGION", default=""),
    location=env.str("SNAPSHOT_S3_PREFIX", default=""),
    timeout=env.whole("SNAPSHOT_S3_TIMEOUT_SECONDS", default=30, minimum=1),
    access_key=env.str("AWS_ACCESS_KEY_ID", default=""),
    secret_key=env.str("AWS_SECRET_ACCESS_KEY", default=""),
)
STORAGES = {
    "default": SNAPSHOT_STORAGE,
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
# Length and a list of what everybody takes are what keeps a password from being guessed.
PASSWORD_MIN_LENGTH = env.whole("PASSWORD_MIN_LENGTH", default=12, minimum=8)
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": PASSWORD_MIN_LENGTH},
    },
    *(
        {"NAME": f"django.contrib.auth.password_validation.{name}"}
        for name in (
            "UserAttributeSimilarityValidator",
            "CommonPasswordValidator",
            "NumericPasswordValidator",
        )
    ),
]

# Sign-in: so many wrong passwords for one name from one address, and that pair waits. Kept in
# the database, so that several web processes count together (docs/decisions/0021).
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
AXES_FAILURE_LIMIT = env.whole("SIGN_IN_FAILURES", default=5, minimum=1)
AXES_COOLOFF_TIME = timedelta(minutes=env.whole("SIGN_IN_LOCK_MINUTES", default=30, minimum=1))
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_DISABLE_ACCESS_LOG = True
AXES_ENABLE_ADMIN = False  # claims.admin.people shows it, in the desk's looks
AXES_VERBOSE = False
AXES_CLIENT_IP_CALLABLE = "factcheck.clients.address"
AXES_LOCKOUT_CALLABLE = "claims.admin.sign_in.locked_out"
# How many proxies of ours stand before the desk and add to X-Forwarded-For.
PROXIES = env.whole("PROXIES", default=0)
# The name beside the codes in an authenticator app.
OTP_TOTP_ISSUER = env.str("TWO_FACTOR_ISSUER", default="Fact-check desk")
# Wrong codes: each makes the next attempt wait twice as long, from one second.
OTP_TOTP_THROTTLE_FACTOR = 1
OTP_STATIC_THROTTLE_FACTOR = 1
RECOVERY_CODES = env.whole("RECOVERY_CODES", default=10, minimum=1)

# With DEBUG=0 everything is served over TLS unless HTTPS_ONLY=0 says that the desk stays
# on a private network.
HTTPS_ONLY = env.flag("HTTPS_ONLY", default=not DEBUG)
SESSION_COOKIE_SECURE = HTTPS_ONLY
CSRF_COOKIE_SECURE = HTTPS_ONLY
SESSION_COOKIE_AGE = env.whole("SESSION_HOURS", default=12, minimum=1) * 3600
SESSION_IDLE_SECONDS = env.whole("SESSION_IDLE_MINUTES", default=120, minimum=1) * 60
SECURE_SSL_REDIRECT = HTTPS_ONLY
SECURE_REDIRECT_EXEMPT = [r"^(healthz|readyz|metrics)/?$"]
SECURE_HSTS_SECONDS = env.whole("HSTS_SECONDS", default=31_536_000 if HTTPS_ONLY else 0)
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS_ONLY
SECURE_HSTS_PRELOAD = HTTPS_ONLY
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
# No inline script and none from elsewhere. The theme's Alpine evaluates the expressions that
# stand in its templates ('unsafe-eval'), and the theme sets colours and widths in style
# attributes ('unsafe-inline' of styles): docs/decisions/0021.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [csp.NONE],
        "script-src": [csp.SELF, csp.UNSAFE_EVAL],
        "style-src": [csp.SELF, csp.UNSAFE_INLINE],
        "img-src": [csp.SELF, "data:"],
        "font-src": [csp.SELF],
        "connect-src": [csp.SELF],
        "manifest-src": [csp.SELF],
        "form-action": [csp.SELF],
        "base-uri": [csp.NONE],
        "frame-ancestors": [csp.NONE],
    }
}
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
    "SCRIPTS": [lambda request: static("claims/labels.js")],
    "ACCOUNT": {"navigation": "claims.admin.sign_in.account_links"},
    "SIDEBAR": {"navigation": "claims.admin.navigation.sidebar"},
    "DASHBOARD_CALLBACK": "claims.admin.dashboard.dashboard",
    "COLORS": {
        "primary": {
            "50": "#f0f7fa",
            "100": "#dcecf3",
            "200": "#bddbe8",
            "300": "#8fc1d6",
            "400": "#599fbd",
            "500": "#4592b4",
            "600": "#2a6a88",
            "700": "#24566f",
            "800": "#22495d",
            "900": "#203e4f",
            "950": "#142834",
        },
    },
}
