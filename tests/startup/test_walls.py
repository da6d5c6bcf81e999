"""Nothing that works as the application starts on the login of the tables' owner."""

import os
import subprocess
import sys

import pytest
from django.db import connection

CELERY = [sys.executable, "-m", "celery", "-A", "config"]
STARTS = {
    "web": [sys.executable, "-c", "import config.wsgi"],
    "worker": [*CELERY, "worker", "--pool", "solo"],
    "scheduler": [*CELERY, "beat", "--pidfile", "", "--scheduler", "celery.beat.Scheduler"],
    "command": [sys.executable, "manage.py", "shell", "-v", "0", "-c", "print('inside')"],
}


@pytest.mark.django_db
@pytest.mark.parametrize("part", STARTS)
def test_the_owner_is_refused_with_the_way_out(part):
    owner = connection.settings_dict | {"USER": "zhanggui"}
    url = f"postgresql://{owner['USER']}:{owner['PASSWORD']}@/{owner['NAME']}?host={owner['HOST']}"
    environment = os.environ | {"DATABASE_URL": url, "NO_BOOTSTRAP": "1"}
    environment.pop("OWNER_DATABASE_URL", None)
    started = subprocess.run(STARTS[part], env=environment, capture_output=True, text=True, timeout=30)
    assert started.returncode != 0
    assert "inside" not in started.stdout
    assert "zhanggui has BYPASSRLS" in started.stderr
    assert "config/embedded/roles.sql" in started.stderr
    assert "set DATABASE_URL to a login as zhanggui_web" in started.stderr


@pytest.mark.django_db
def test_the_application_is_let_in():
    url = "postgresql://{USER}:{PASSWORD}@/{NAME}?host={HOST}".format(**connection.settings_dict)
    environment = os.environ | {"DATABASE_URL": url, "NO_BOOTSTRAP": "1"}
    started = subprocess.run(STARTS["command"], env=environment, capture_output=True, text=True, timeout=30)
    assert (started.returncode, started.stdout) == (0, "inside\n")
