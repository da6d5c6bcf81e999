import base64

import pytest

from config import env

KEY = base64.urlsafe_b64encode(bytes(range(32))).decode()
SERVING = {
    "DATABASE_URL": "postgresql://zhanggui_web:p%40ss@db.example:5433/zhanggui?sslmode=require",
    "REDIS_URL": "redis://broker.example:6379/2",
    "SECRET_KEY": "secret",
    "SEAL_KEY": "seal",
    "DATA_KEY": f"b:{KEY}",
}


def test_nothing_is_needed_where_nothing_is_served():
    environment = env.read({})
    assert environment.databases["default"]["USER"] == "zhanggui_web"
    assert environment.allowed_hosts == ["localhost", "127.0.0.1", "[::1]"]
    assert not environment.demo and not environment.debug and not environment.behind_tls


def test_a_database_address_becomes_its_parts():
    default = env.read(SERVING).databases["default"]
    assert (default["ENGINE"], default["HOST"], default["PORT"]) == ("config.kernel.postgres", "db.example", "5433")
    assert default["PASSWORD"] == "p@ss"
    assert default["OPTIONS"] == {"connect_timeout": "5", "sslmode": "require"}


def test_the_owner_makes_the_database_of_the_tests():
    databases = env.read(SERVING | {"OWNER_DATABASE_URL": "postgresql://zhanggui@/zhanggui?host=/run/pg"}).databases
    assert databases["owner"]["ENGINE"] == "django.db.backends.postgresql"
    assert databases["owner"]["HOST"] == "/run/pg"
    assert databases["default"]["TEST"] == {"MIRROR": "owner"}


@pytest.mark.parametrize(
    ("redis_url", "broker", "cache"),
    [
        ("redis://host:6379/0", "redis://host:6379/0", "redis://host:6379/1"),
        ("redis://host", "redis://host", "redis://host/1"),
        ("unix:///run/v.sock?db=3", "redis+socket:///run/v.sock?virtual_host=3", "unix:///run/v.sock?db=4"),
    ],
)
def test_broker_and_cache_share_a_server_in_two_spellings(redis_url, broker, cache):
    environment = env.read({"REDIS_URL": redis_url})
    assert environment.broker_url == broker
    assert environment.caches["default"]["LOCATION"] == cache


def test_the_first_data_key_is_the_current_one():
    keys = env.read(SERVING | {"DATA_KEY": f"new:{KEY}, {KEY.rstrip('=')}"}).data_keys
    assert keys == [("new", bytes(range(32))), ("1", bytes(range(32)))]


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("console:", {"EMAIL_BACKEND": "django.core.mail.backends.console.EmailBackend"}),
        (
            "file:/srv/mail",
            {"EMAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend", "EMAIL_FILE_PATH": "/srv/mail"},
        ),
        (
            "smtp://me:p%40ss@mail.example:2525?tls=1",
            {
                "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
                "EMAIL_HOST": "mail.example",
                "EMAIL_PORT": 2525,
                "EMAIL_HOST_USER": "me",
                "EMAIL_HOST_PASSWORD": "p@ss",
                "EMAIL_USE_TLS": True,
                "EMAIL_USE_SSL": False,
                "EMAIL_TIMEOUT": 20,
            },
        ),
    ],
)
def test_mail_goes_where_one_address_says(url, expected):
    assert env.read({"EMAIL_URL": url}).email == expected


@pytest.mark.parametrize(
    ("name", "value", "fix"),
    [
        ("DATABASE_URL", "mysql://host/zhanggui", "postgresql://"),
        ("DATABASE_URL", "postgresql://host:port/zhanggui", "postgresql://"),
        ("DATABASE_URL", "postgresql://host", "add it at the end"),
        ("OWNER_DATABASE_URL", "zhanggui", "postgresql://"),
        ("REDIS_URL", "http://host", "redis://"),
        ("REDIS_URL", "redis://host/zero", "redis://"),
        ("CACHE_URL", "memcached://host", "redis://"),
        ("SECRET_KEY", "", "openssl rand"),
        ("SEAL_KEY", "", "openssl rand"),
        ("DATA_KEY", "", "openssl rand"),
        ("DATA_KEY", "a:tooshort", "openssl rand"),
        ("DATA_KEY", f"no spaces:{KEY}", "letters"),
        ("DATA_KEY", f"a:{KEY},a:{KEY}", "a name of its own"),
        ("CSRF_TRUSTED_ORIGINS", "desk.example", "https://"),
        ("BEHIND_TLS", "maybe", "set it to 1 or 0"),
        ("DEMO", "maybe", "set it to 1 or 0"),
        ("EMAIL_URL", "imap://host", "smtp://"),
        ("EMAIL_URL", "smtp:host", "smtp://"),
        ("EMAIL_URL", "file:mail", "file:/srv/mail"),
        ("LOG_LEVEL", "loud", "WARNING"),
        ("LOG_FORMAT", "xml", "json"),
    ],
)
def test_a_fault_names_the_variable_and_the_fix_but_not_the_value(name, value, fix):
    with pytest.raises(env.EnvironmentFault) as fault:
        env.read(SERVING | {name: value})
    assert fault.value.name == name
    assert str(fault.value).startswith(name + " ")
    assert fix in str(fault.value)
    assert KEY not in str(fault.value)


def test_nobody_debugs_in_public():
    with pytest.raises(env.EnvironmentFault, match="DEBUG"):
        env.read(SERVING | {"DEBUG": "1", "BEHIND_TLS": "1"})


def test_no_secret_is_shown_when_the_environment_is_printed():
    shown = repr(env.read(SERVING | {"EMAIL_URL": "smtp://me:hidden@mail.example"}))
    assert not [secret for secret in ("p@ss", "secret'", "seal", "hidden", KEY) if secret in shown]


def test_a_task_ends_before_the_broker_gives_it_to_another_worker():
    assert env.TASK_SOFT_TIME_LIMIT < env.TASK_TIME_LIMIT < env.VISIBILITY_TIMEOUT


class Recording(dict):
    """An environment that remembers what it was asked for."""

    def __init__(self, values):
        super().__init__(values)
        self.asked = set()

    def get(self, name, default=None):
        self.asked.add(name)
        return super().get(name, default)


def test_the_compose_file_explains_every_variable():
    environ = Recording(SERVING)
    env.read(environ)
    with open("docker-compose.yml") as file:
        explained = "".join(line for line in file if line.startswith("#"))
    assert {name for name in environ.asked if name not in explained} == set()
