"""Django's settings. What differs between machines is read by `config.env`, and nowhere else."""

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _
from kombu import Queue

from config import demo_logins, env
from config.embedded.keeper import ROOT
from config.kernel.jobs import QUEUES
from config.logging import LOGGING  # noqa: F401

ENV = env.read()

SECRET_KEY, SECRET_KEY_FALLBACKS = ENV.secret_key, ENV.secret_key_fallbacks
SEAL_KEY, DATA_KEYS = ENV.seal_key, ENV.data_keys
DEBUG, DEMO, DEMO_PASSWORD = ENV.debug, ENV.demo, demo_logins.PASSWORD
ALLOWED_HOSTS, CSRF_TRUSTED_ORIGINS = ENV.allowed_hosts, ENV.csrf_trusted_origins
DATABASES, CACHES = ENV.databases, ENV.caches

CELERY_BROKER_URL = ENV.broker_url
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {"visibility_timeout": env.VISIBILITY_TIMEOUT}
CELERY_RESULT_BACKEND_TRANSPORT_OPTIONS = {"visibility_timeout": env.VISIBILITY_TIMEOUT}
CELERY_VISIBILITY_TIMEOUT = env.VISIBILITY_TIMEOUT
CELERY_TASK_SOFT_TIME_LIMIT, CELERY_TASK_TIME_LIMIT = env.TASK_SOFT_TIME_LIMIT, env.TASK_TIME_LIMIT
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TIMEZONE = "UTC"
CELERY_TASK_QUEUES = [Queue(name, routing_key=name) for name in QUEUES]  # a worker listens to all, unless told to some
CELERY_TASK_DEFAULT_QUEUE = QUEUES[0]
# it only ticks: what is due when stands in the database
CELERY_BEAT_SCHEDULE = {
    "tick": {"task": "config.celery.tick", "schedule": 5.0},
    "duties": {"task": "merchants.desk.tasks.tick", "schedule": 5.0, "options": {"expires": 10}},
}

INSTALLED_APPS = [
    "unfold.apps.BasicAppConfig",
    "config.apps.PlatformAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_filters",
    "django_structlog",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "rest_framework",
    "treebeard",
    "config",
    "merchants.accounts",
    "merchants.activity",
    "merchants.desk",
    "merchants.marketplace",
    "merchants.money",
    "merchants.onboarding",
    "catalog",
    "inventory",
    "pricing",
    "fulfillment",
    "support",
    "analytics",
]
MIDDLEWARE = [
    "config.kernel.headers.NoNul",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_structlog.middlewares.RequestMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "config.kernel.headers.NothingIsKept",
    "merchants.accounts.doorkeeper.Doorkeeper",
    "config.kernel.headers.Refusals",
]
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "merchants.accounts.shell.shell",
            ]
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
FILTERS_EMPTY_CHOICE_LABEL = _("Any")

# ---------------------------------------------------------------- people
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("email", "name")},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
ACCOUNT_ADAPTER = "merchants.accounts.sign_in.Adapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "optional"
ACCOUNT_CHANGE_EMAIL = True  # a person has one address; a new one counts once it is confirmed
ACCOUNT_SESSION_REMEMBER = False  # shops are run on shared computers: the session ends with the browser
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_REAUTHENTICATION_REQUIRED = True  # before e-mail or second factor change: a screen may be left unattended
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Zhanggui"
MFA_TOTP_TOLERANCE = 1  # a code of half a minute ago is good too: people type slowly, and clocks differ
MFA_ALLOW_UNVERIFIED_EMAIL = True  # no stranger can bring an address along: nobody signs up by themselves
STAFF_NEEDS_MFA = not DEMO
LOGIN_URL, LOGIN_REDIRECT_URL, LOGOUT_REDIRECT_URL = "account_login", "home", "account_login"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_SERIALIZER = "django.contrib.sessions.serializers.JSONSerializer"

# ---------------------------------------------------------------- security
if ENV.behind_tls:
    ALLAUTH_TRUSTED_PROXY_COUNT = 1  # else all the world shares the proxy's limits on signing in
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_SSL_REDIRECT = True
    SECURE_REDIRECT_EXEMPT = ["^healthz$", "^readyz$"]  # the orchestrator asks without a proxy in between
    SECURE_HSTS_SECONDS = 365 * 24 * 3600
    SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-session", "__Host-csrf"
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = True
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "EXCLUDE_URL_PREFIXES": ["/admin/"],  # it has a looser one of its own (config.kernel.headers)
    "DIRECTIVES": {
        "default-src": [NONE], "script-src": [SELF], "style-src": [SELF], "img-src": [SELF, "data:"],
        "font-src": [SELF], "connect-src": [SELF], "form-action": [SELF], "base-uri": [NONE],
        "frame-ancestors": [NONE], "manifest-src": [SELF],
    },
}  # fmt: skip
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024

# ---------------------------------------------------------------- API
API_BURST, API_RATE = ENV.api_burst, ENV.api_rate  # tokens of a key: at once, and new ones a second
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [], "DEFAULT_PERMISSION_CLASSES": [], "UNAUTHENTICATED_USER": None,
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"], "DEFAULT_PARSER_CLASSES": [],
}  # fmt: skip
SPECTACULAR_SETTINGS = {
    "TITLE": "Zhanggui", "VERSION": "1", "OAS_VERSION": "3.1.0", "SCHEMA_PATH_PREFIX": "/api/v1",
    "DESCRIPTION": "What a shop's own systems and its partners' can do. How it is used: docs/guides/api.md.",
    "SERVE_INCLUDE_SCHEMA": False, "POSTPROCESSING_HOOKS": ["config.kernel.api.schema.tidied"],
    "GET_LIB_DOC_EXCLUDES": "config.kernel.api.schema.without_docs", "COMPONENT_SPLIT_REQUEST": False,
    "COMPONENT_NO_READ_ONLY_REQUIRED": False,
    "APPEND_COMPONENTS": {
        "securitySchemes": {"key": {"type": "http", "scheme": "bearer", "description": "An API key, zg_live_…"}}
    },
}  # fmt: skip

# ---------------------------------------------------------------- language, time, files, mail
LANGUAGE_CODE = "en"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
LOCALE_PATHS = [ROOT / "locale"]
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600
TIME_ZONE = "UTC"
USE_TZ = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
STATIC_URL, MEDIA_URL = "/static/", "/media/"
STATIC_ROOT, MEDIA_ROOT = ENV.static_root, ENV.media_root
STATICFILES_DIRS = [ROOT / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": (
            "whitenoise.storage.CompressedManifestStaticFilesStorage"
            if STATIC_ROOT
            else "django.contrib.staticfiles.storage.StaticFilesStorage"
        )
    },
}
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = STATIC_ROOT is None
globals().update(ENV.email)
DEFAULT_FROM_EMAIL = SERVER_EMAIL = ENV.default_from_email

# ---------------------------------------------------------------- logs
LOGGING_CONFIG = "config.logging.configure"
DJANGO_STRUCTLOG_CELERY_ENABLED = True
DJANGO_STRUCTLOG_IP_LOGGING_ENABLED = False  # an address is personal data
DJANGO_STRUCTLOG_STATUS_START_LOG_LEVEL = 10  # that a request began is told at DEBUG: its end says it all

TEAL = {  # the accent of static/css/tokens.css, from light to dark
    50: "#f0f9f8", 100: "#e0f1f0", 200: "#bfe3e2", 300: "#8fc9c8", 400: "#62c6c5", 500: "#1f8a8c", 600: "#00656b",
    700: "#004f56", 800: "#113e3f", 900: "#11302f", 950: "#06201f",
}  # fmt: skip
UNFOLD = {
    "SITE_TITLE": "Zhanggui", "SITE_HEADER": "掌柜 Zhanggui", "SITE_SYMBOL": "storefront", "SHOW_LANGUAGES": True,
    "SHOW_HISTORY": False,  # the facts are the history
    "SITE_FAVICONS": [{"rel": "icon", "type": "image/svg+xml", "href": f"{STATIC_URL}img/seal.svg"}],
    "COLORS": {"primary": TEAL}, "ENVIRONMENT": "merchants.accounts.shell.notice_for_staff",
}  # fmt: skip
