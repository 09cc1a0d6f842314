"""Every setting, in one file; the environment decides, and nothing set means an embedded run.

Embedded: SQLite in `var/`, no broker, mail as files in `var/mail`; nothing leaves this machine.
"""

from pathlib import Path

from bootstrap_wrapper import get_bootstrap_dir
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from config import environment, logs

BASE_DIR = Path(__file__).resolve().parent.parent
env = environment.Environment()

# --- Where and how it runs ------------------------------------------------------------------------

VAR_DIR = Path(env.str("VAR_DIR", default=str(BASE_DIR / "var")))
VAR_DIR.mkdir(parents=True, exist_ok=True)
DEBUG = env.bool("DEBUG", default=False)
DEMO = env.bool("DEMO", default=False)
BASE_URL = env.str("BASE_URL", default="http://127.0.0.1:8000").rstrip("/")
BASE_HOST = environment.host_of(BASE_URL)
IS_HTTPS = BASE_URL.startswith("https://")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[BASE_HOST, "localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS = [BASE_URL]
PROXY_COUNT = env.int("PROXY_COUNT", default=0)  # proxies of ours in front; 0 = forwarded headers are ignored

DATABASE_URL = env.str("DATABASE_URL", default="")
REDIS_URL = env.str("REDIS_URL", default="")
IS_EMBEDDED = not DATABASE_URL and not REDIS_URL
SECRET_KEY = environment.secret_key(
    given=env.str("SECRET_KEY", default=""), path=VAR_DIR / "secret_key", is_embedded=IS_EMBEDDED
)
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])

# Named crash points for the tests of durability; anything else refuses to start with one.
ALLOW_FAIL_POINTS = env.bool("ALLOW_FAIL_POINTS", default=False)
FAIL_POINTS = environment.fail_points(names=env.list("FAIL_POINTS", default=[]), is_allowed=ALLOW_FAIL_POINTS)

# Who may read /metrics and the details of /readyz: bearers of this token, else this machine alone.
METRICS_TOKEN = env.str("METRICS_TOKEN", default="")

# --- Parts ----------------------------------------------------------------------------------------

# Django's own administration is reachable only where it is asked for, and then behind the second factor.
ADMIN_SITE = env.bool("ADMIN_SITE", default=False)
# OpenID Connect: a JSON list of allauth "APPS" entries; empty = no single sign-on.
OIDC_PROVIDERS = env.json("OIDC_PROVIDERS", default=[])

INSTALLED_APPS = [
    "config",
    "events",
    "accounts",
    "contracts",
    "tickets",
    "slo",
    "hours",
    "escalation",
    "proactive",
    "notify",
    "web",
    "api",
    "intake",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "django_filters",
    "django_htmx",
    "django_structlog",
    "template_partials.apps.SimpleAppConfig",
    "lucide",
    "csp",
]
if OIDC_PROVIDERS:
    INSTALLED_APPS += ["allauth.socialaccount", "allauth.socialaccount.providers.openid_connect"]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django_structlog.middlewares.RequestMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "web.refusals.Refusals",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
ASGI_APPLICATION = "config.asgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "web.frames.frame",
            ],
            "loaders": [
                (
                    "template_partials.loader.Loader",
                    [
                        (
                            "django.template.loaders.cached.Loader",
                            [
                                "django.template.loaders.filesystem.Loader",
                                "django.template.loaders.app_directories.Loader",
                            ],
                        )
                    ],
                )
            ],
            "builtins": ["template_partials.templatetags.partials"],
        },
    }
]

# --- Truth: tables; wake-ups and caches: Redis, or nothing ----------------------------------------

DATABASES = {
    "default": environment.database(
        env.db("DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'caredesk.sqlite3'}"),
        statement_seconds=env.int("STATEMENT_SECONDS", default=0),
        is_pooled=env.bool("PGBOUNCER", default=False),
    )
}

CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "caredesk"}
    if not REDIS_URL
    else {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": env.str("CACHE_URL", default=REDIS_URL),
        "KEY_PREFIX": "caredesk",
        "OPTIONS": {"socket_timeout": 0.5, "socket_connect_timeout": 0.5},
    }
}

# Whether a wake-up after commit can reach a worker at all; without a broker the sweeps find the rows.
WAKE_WORKER = bool(REDIS_URL)
# Web processes take a fraction of a second: a wake-up may get lost, a person may not be kept waiting (F3).
BROKER_SOCKET_SECONDS = env.float("BROKER_SOCKET_SECONDS", default=30.0)
CELERY_BROKER_URL = REDIS_URL or "memory://localhost/"
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_SOFT_TIME_LIMIT = 90
CELERY_TASK_TIME_LIMIT = 120
CELERY_TASK_PUBLISH_RETRY = False
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_MAX_TASKS_PER_CHILD = 500
CELERY_WORKER_ENABLE_REMOTE_CONTROL = False
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None  # a worker waits for its broker for as long as it takes
CELERY_BROKER_TRANSPORT_OPTIONS = (
    {
        "visibility_timeout": 300,
        "unacked_restore_interval": 10,
        "unacked_restore_throttle": 1,
        "socket_timeout": BROKER_SOCKET_SECONDS,
        "socket_connect_timeout": min(1.0, BROKER_SOCKET_SECONDS),
        "socket_keepalive": True,
        "max_retries": 0,  # by default a caller waits for seconds when the broker is away
    }
    if REDIS_URL
    else {"polling_interval": 0.2}
)
CELERY_TIMEZONE = "UTC"

# --- Who signs in, and how ------------------------------------------------------------------------

AUTH_USER_MODEL = "accounts.Person"
SILENCED_SYSTEM_CHECKS = [
    "auth.W004",  # addresses are unique by a constraint on their lower case
    "security.W021",  # the browsers' preload list is for the owner of the domain to ask for
]
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("email", "name")},
    },
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "config.sign_in.InvitedPeopleOnly"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"  # people are invited by e-mail; the invitation is the proof
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # no mail to an address that nobody here has
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if IS_HTTPS else "http"
ACCOUNT_REAUTHENTICATION_TIMEOUT = 900
ALLAUTH_TRUSTED_PROXY_COUNT = PROXY_COUNT
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Caredesk"
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not IS_HTTPS
SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": OIDC_PROVIDERS}} if OIDC_PROVIDERS else {}
SOCIALACCOUNT_EMAIL_AUTHENTICATION = bool(OIDC_PROVIDERS)

# --- Browser: cookies, headers, content policy ----------------------------------------------------

SESSION_COOKIE_NAME = "__Host-caredesk" if IS_HTTPS else "caredesk"
CSRF_COOKIE_NAME = "__Host-caredesk-csrf" if IS_HTTPS else "caredesk-csrf"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = IS_HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 7 * 24 * 3600
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = IS_HTTPS and PROXY_COUNT > 0
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if IS_HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = IS_HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if PROXY_COUNT else None
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 500
DATA_UPLOAD_MAX_NUMBER_FILES = 20

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

# --- What is seen: language, zone, static files, uploads ------------------------------------------

LANGUAGE_CODE = "en-gb"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "/static/"
STATIC_ROOT = Path(env.str("STATIC_ROOT", default=str(BASE_DIR / "staticfiles")))
STATICFILES_DIRS = [
    ("caredesk", BASE_DIR / "static" / "caredesk"),
    ("caredesk/vendor/bootstrap", get_bootstrap_dir()),
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
MEDIA_ROOT = Path(env.str("MEDIA_ROOT", default=str(VAR_DIR / "media")))
MEDIA_URL = ""  # no file is served by its path: downloads pass the permission check

# --- Mail, other machines, machines that call us --------------------------------------------------

MAIL_DOMAIN = env.str("MAIL_DOMAIN", default="caredesk.localhost")
DEFAULT_FROM_EMAIL = SERVER_EMAIL = f"Caredesk <support@{MAIL_DOMAIN}>"
_mail = env.email_url("EMAIL_URL", default=f"filemail:///{VAR_DIR / 'mail'}")
EMAIL_BACKEND = _mail["EMAIL_BACKEND"]
EMAIL_HOST = _mail.get("EMAIL_HOST") or "localhost"
EMAIL_PORT = _mail.get("EMAIL_PORT") or 25
EMAIL_HOST_USER = _mail.get("EMAIL_HOST_USER") or ""
EMAIL_HOST_PASSWORD = _mail.get("EMAIL_HOST_PASSWORD") or ""
EMAIL_USE_TLS = bool(_mail.get("EMAIL_USE_TLS"))
EMAIL_USE_SSL = bool(_mail.get("EMAIL_USE_SSL"))
EMAIL_FILE_PATH = VAR_DIR / "mail"
EMAIL_TIMEOUT = 10
INBOUND_MAIL_URL = env.str(
    "INBOUND_MAIL_URL", default=""
)  # imaps://user:password@host/folder; empty = no fetching
# The names by which our own mail servers sign their Authentication-Results; a mail whose sender none of them
# confirmed is held for a person.
INBOUND_MAIL_SERVERS = env.list("INBOUND_MAIL_SERVERS", default=[])
ALERTS_KEPT_DAYS = env.int("ALERTS_KEPT_DAYS", default=90)  # 0 keeps them for ever
INBOUND_MAIL_MAX_BYTES = env.int("INBOUND_MAIL_MAX_BYTES", default=25 * 1024 * 1024)

# How often one API key may call in a minute; what goes beyond is answered 429.
API_REQUESTS_A_MINUTE = env.int("API_REQUESTS_A_MINUTE", default=600)

# Addresses (host, host:port or network) that webhooks and probes may reach besides public ones.
OUTBOUND_ALLOW = env.list("OUTBOUND_ALLOW", default=[])

# Where published vulnerabilities are read from once a day (NVD JSON 2.0); empty = only by the command.
ADVISORY_FEED_URL = env.str("ADVISORY_FEED_URL", default="")

REST_FRAMEWORK = {
    # Closed until a view says who may: no session, no basic password, no anonymous reading.
    "DEFAULT_AUTHENTICATION_CLASSES": [],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_FILTER_BACKENDS": ["django_filters.rest_framework.DjangoFilterBackend"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "DATETIME_FORMAT": "iso-8601",
    "UNAUTHENTICATED_USER": None,
    "NUM_PROXIES": PROXY_COUNT,
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Caredesk API",
    "VERSION": "1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "SCHEMA_PATH_PREFIX": r"/api/v1",
    "COMPONENT_SPLIT_REQUEST": True,
}

# --- Telling those who run it ---------------------------------------------------------------------

LOG_FORMAT = env.str("LOG_FORMAT", default="console" if IS_EMBEDDED else "json")
LOGGING = logs.configure(LOG_FORMAT)
DJANGO_STRUCTLOG_CELERY_ENABLED = True

SENTRY_DSN = env.str("SENTRY_DSN", default="")
if SENTRY_DSN:
    try:
        import sentry_sdk
    except ImportError as fault:
        raise ImproperlyConfigured("SENTRY_DSN is set, but sentry-sdk is not installed.") from fault
    sentry_sdk.init(dsn=SENTRY_DSN, send_default_pii=False)
