"""All settings. One file for every deployment; what differs comes from ``config.env``.

Numbers that are product policy (windows, paces, retention …) are not here: see ``<app>/policy.py``.
"""

from datetime import timedelta

import django_stubs_ext
from django.utils.translation import gettext_lazy as _

from config.admin_theme import UNFOLD  # noqa: F401  (a setting)
from config.env import BASE_DIR, env
from config.header_policies import CONTENT_SECURITY_POLICY, PERMISSIONS_POLICY  # noqa: F401  (settings)
from config.schedule import SCHEDULE

django_stubs_ext.monkeypatch()  # makes `ModelAdmin[User]` and the like work at run time

DEBUG = env.debug
SECRET_KEY = env.secret_key
KEFU_MASTER_KEYS = env.master_keys
KEFU_READ_MASTER_KEYS = env.read_master_keys  # again: a running process learns of a new one from the file
KEFU_PRODUCTION = env.production
KEFU_DATA = env.data
KEFU_PUBLIC_URL = env.public_url or f"http://127.0.0.1:{env.port}"
KEFU_SIMULATOR_URL = f"http://127.0.0.1:{env.simulator_port}"
KEFU_PRIVATE_NETWORKS = env.private_networks  # beside the internet, where what somebody gave may lead
KEFU_DEMO_PASSWORD = env.demo_password
KEFU_BACKUP_STAMP = env.backup_stamp
KEFU_DRILL_SENDER, KEFU_DRILL_URL = env.drill_sender, env.drill_url
ALLOWED_HOSTS = env.hosts
CSRF_TRUSTED_ORIGINS = [env.public_url] if env.public_url else []

INSTALLED_APPS = [
    "daphne",
    "unfold.apps.BasicAppConfig",  # before Django admin, whose templates it replaces
    "unfold.contrib.filters",
    "unfold.contrib.guardian",
    "config.admin_app.KefuAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "channels",
    "csp",
    "rest_framework",
    "django_filters",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "django_vite",
    "guardian",
    "knox",
    "security",
    "contacts",
    "inbox",
    "templates_mgr",
    "payments",
    "reports",
    "config",
]

# All of these run async: one sync-only middleware makes Daphne ignore SIGTERM under load (a test guards it).
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "security.network.headers.answer_headers",
    "config.static_files.StaticFiles",
    "config.content_policy.ContentPolicy",
    "security.drill.stage.only_drills",
    "django.middleware.locale.LocaleMiddleware",
    "security.origin.remember_origin",
    "security.network.door.door",  # before anything asks who it is
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "security.limits.admin.admin_limits",
    "security.devices.keep_device",
]

ROOT_URLCONF = "config.urls"
ASGI_APPLICATION = "config.asgi.application"
APPEND_SLASH = False
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "config" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
            ]
        },
    }
]

DATABASES = {"default": {**env.database(), "TEST": {"NAME": env.test_database_name}}}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# A Redis that keeps its connections and answers nothing must not keep requests waiting for it.
_REDIS_PATIENCE = {"socket_timeout": 5, "socket_connect_timeout": 3}
if env.redis_url:
    CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": env.redis_url,
            "KEY_PREFIX": env.redis_prefix,
            "OPTIONS": _REDIS_PATIENCE,
        }
    }
    CHANNEL_LAYERS = {
        "default": {
            "BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer",
            "CONFIG": {"hosts": [env.redis_url], "prefix": env.redis_prefix},
        }
    }
else:
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    CHANNEL_LAYERS = {
        "default": {
            "BACKEND": "config.channel_layer.ThreadSafeChannelLayer",
            # The layer ends a group membership this many seconds after it began, and the hub joins once per process:
            # at the default of a day every later nudge would be dropped and wait for a heartbeat.
            "CONFIG": {"capacity": 5000, "group_expiry": 10**9},
        }
    }

STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": env.data / "media"}},
    # Compressed, not manifest: a manifest over Vite's hashed output makes lazy chunks load React twice.
    "staticfiles": {"BACKEND": "servestatic.storage.CompressedStaticFilesStorage"},
}
STATIC_URL = "/static/"
STATIC_ROOT = env.data / "static"
STATICFILES_DIRS = [BASE_DIR / "static" / "dist"]
SERVESTATIC_USE_FINDERS = not env.production
SERVESTATIC_AUTOREFRESH = env.debug
DJANGO_VITE = {
    "default": {"dev_mode": False, "manifest_path": BASE_DIR / "static" / "dist" / ".vite" / "manifest.json"}
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 4 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FILES = 10
KEFU_LARGEST_FORM = (
    110 * 1024 * 1024
)  # WhatsApp's largest file, and its wrapping; the proxy's bound in compose.yaml too

# --- people and sessions
AUTH_USER_MODEL = "security.User"
AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend"]
GUARDIAN_MONKEY_PATCH_USER = False
ANONYMOUS_USER_NAME = None
PASSWORD_HASHERS = [env.password_hasher, "django.contrib.auth.hashers.PBKDF2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [{"NAME": "security.signing_in.passwords.PasswordRules"}]
KEFU_BREACHED_PASSWORDS = env.breached_passwords
SESSION_ENGINE = "security.session_store"  # one row per browser; idle ones end by themselves
# A browser takes a name with this prefix over HTTPS only, for the whole host, and from no other host of the domain.
_COOKIE_PREFIX = "__Host-" if env.https else ""
SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = f"{_COOKIE_PREFIX}kefu_session", f"{_COOKIE_PREFIX}csrftoken"
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = env.https
CSRF_FAILURE_VIEW = "security.api.refusals.csrf_refused"
LOGIN_URL = "/sign-in"
KEFU_GEOIP_DATABASE = env.geoip_database
KNOX_TOKEN_MODEL = "security.ApiKey"
MIGRATION_MODULES = {"knox": None}  # it would make a table for the model that ours replaces
REST_KNOX = {
    "AUTH_HEADER_PREFIX": "Api-Key",
    "TOKEN_MODEL": "security.ApiKey",
    "TOKEN_PREFIX": "kefu_",  # what secret scanners look for
    "TOKEN_TTL": timedelta(days=180),
}

# --- HTTPS and headers
SECURE_SSL_REDIRECT = False  # the reverse proxy redirects; health checks come in over plain HTTP
SECURE_PROXY_SSL_HEADER = None  # it would believe anybody; ``config.proxies`` reads it from the named proxies alone
KEFU_TRUSTED_PROXIES = env.trusted_proxies
SECURE_HSTS_SECONDS = env.hsts_seconds if env.https else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = env.https
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

# --- mail to our own people
globals().update(env.mail())
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.mail_from or f"Kefu <kefu@{env.public_host}>"
EMAIL_TIMEOUT = 10
EMAIL_SUBJECT_PREFIX = ""

# --- languages
LANGUAGE_CODE = "zh-hant"
LANGUAGES = [("zh-hant", _("Traditional Chinese")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "config" / "locale"]
LANGUAGE_COOKIE_NAME = "kefu_language"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

# --- API
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "security.api.authentication.SessionSignIn",
        "security.api.authentication.KeySignIn",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["security.api.rendering.ShapeRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_SCHEMA_CLASS": "security.api.schema.KefuSchema",
    "EXCEPTION_HANDLER": "security.api.refusals.exception_handler",
    "UNAUTHENTICATED_USER": None,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Kefu",
    "DESCRIPTION": "The API of the Kefu inbox. Every refusal is `{code, message, field, remedy}`.",
    "VERSION": "1",
    "OAS_VERSION": "3.1.1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SERVE_PERMISSIONS": ["rest_framework.permissions.AllowAny"],
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "COMPONENT_SPLIT_REQUEST": True,
    "ENUM_NAME_OVERRIDES": {
        "LevelEnum": "security.levels.LEVELS",
        "SendTypeEnum": "inbox.whatsapp.kinds.SENDABLE",
        "MessageKindEnum": "inbox.models.message.KINDS",
        "AssignmentMethodEnum": "inbox.models.assigning.METHODS",
        "AssignedHowEnum": "inbox.models.case.ASSIGNED_HOW",
        "ScoreKindEnum": "inbox.models.qa.SCORE_KINDS",
        "MentionKindEnum": "inbox.mentions.KINDS",
        "MessageStatusEnum": "inbox.models.message.STATUSES",
        "LanguageWishEnum": "inbox.models.assigning.LANGUAGE_WISHES",
        "RiskLanguageEnum": "inbox.models.risk.LANGUAGES",
        "RiskKindEnum": "inbox.models.risk.RISK_KINDS",
    },
}

# --- tasks
CELERY_BROKER_URL = env.redis_url or "memory://localhost/"
CELERY_BROKER_TRANSPORT_OPTIONS = (
    {
        "unacked_restore_interval": 2,
        "unacked_restore_throttle": 1,
        "global_keyprefix": env.redis_prefix + ":",
        **_REDIS_PATIENCE,
        # Even with `retry=False` a producer would try to connect for four seconds, while an agent waits for the answer
        # to their send; the sweeper enqueues what was not.
        "max_retries": 0,
    }
    if env.redis_url
    else {"polling_interval": 0.05}
)
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_DEFAULT_QUEUE = "default"
CELERY_TASK_ROUTES = {
    "inbox.tasks.drain_channel": {"queue": "ingest"},
    "inbox.tasks.deliver_conversation": {"queue": "outbound"},
    "inbox.tasks.tell_typing": {"queue": "outbound"},
    "inbox.tasks.fetch_media": {"queue": "media"},
}
CELERY_WORKER_PREFETCH_MULTIPLIER = 1 if env.redis_url else 0
CELERY_WORKER_CONSUMER = "config.consumer:PatientConsumer"
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TIMEZONE = "UTC"
CELERY_BEAT_SCHEDULE = SCHEDULE
# Guardian's backend would answer has_perm() per object; visibility folds object grants into its filters instead.
SILENCED_SYSTEM_CHECKS = ["guardian.W001"]

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"()": "config.log_lines.Masked", "format": "%(asctime)s %(levelname)-7s %(name)s: %(message)s"}
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": env.log_level},
    "loggers": {
        "django.request": {"level": "ERROR"},
        "django.channels.server": {"level": "WARNING"},
        "daphne": {"level": "WARNING"},
        "celery": {"level": "WARNING"},
        "kombu": {"level": "WARNING"},
        "uvicorn": {"level": "WARNING"},
        "uvicorn.access": {"level": "WARNING"},  # addresses hold what people look for
        "urllib3": {"level": "WARNING"},
        "inbox.simulator": {"level": "WARNING"},
    },
}
