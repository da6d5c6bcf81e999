"""What a command is given when the machine has neither database nor broker."""

import stat

import pytest

from config import embedded, env

ADDRESSES = {
    "DATABASE_URL": "postgresql://zhanggui_web@/zhanggui?host=/run/pg",
    "OWNER_DATABASE_URL": "postgresql://zhanggui@/zhanggui?host=/run/pg",
    "REDIS_URL": "unix:///run/valkey.sock?db=0",
}
DRAWN = ["SECRET_KEY", "SEAL_KEY", "DATA_KEY"]


@pytest.fixture(autouse=True)
def a_bare_machine(monkeypatch, tmp_path):
    for name in [*ADDRESSES, *DRAWN, "MEDIA_ROOT", "RUN_DIR", "DEMO", "EMAIL_URL"]:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(embedded, "DATA", tmp_path)
    monkeypatch.setattr(embedded, "DEMO_MARK", tmp_path / "demo-prepared")


def test_keys_are_drawn_once_and_kept_for_their_owner_alone(tmp_path):
    first, second = embedded.environment(ADDRESSES), embedded.environment(ADDRESSES)
    assert [first[name] for name in DRAWN] == [second[name] for name in DRAWN]
    assert len({first[name] for name in DRAWN}) == 3
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in tmp_path.iterdir()}
    assert modes == {"secret_key": 0o600, "seal_key": 0o600, "data_key": 0o600}


def test_what_is_drawn_can_be_read():
    environment = env.read(embedded.environment(ADDRESSES))
    assert [(name, len(key)) for name, key in environment.data_keys] == [("1", 32)]
    assert not environment.demo


def test_only_a_change_of_the_schema_sees_the_owner():
    assert "OWNER_DATABASE_URL" not in embedded.environment(ADDRESSES)
    assert embedded.environment(ADDRESSES, owner=True)["OWNER_DATABASE_URL"] == ADDRESSES["OWNER_DATABASE_URL"]


def test_somebody_elses_database_needs_somebody_elses_owner(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql://zhanggui_web@db.example/zhanggui")
    with pytest.raises(embedded.StartError, match="OWNER_DATABASE_URL is missing"):
        embedded.environment(ADDRESSES, owner=True)


def test_a_command_beside_the_demo_knows_that_it_is_one():
    embedded.DEMO_MARK.touch()
    assert env.read(embedded.environment(ADDRESSES)).demo


@pytest.mark.parametrize(
    ("command", "walled"),
    [("import_marketplace", True), ("prepare_demo", True), ("shell", True), ("migrate", False), ("check", False)],
)
def test_what_works_as_the_application_is_walled(command, walled):
    assert embedded.is_walled(command) is walled
