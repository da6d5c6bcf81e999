import subprocess

import pytest

from config import browser, pytest_services


@pytest.fixture
def no_chromium(monkeypatch, tmp_path):
    monkeypatch.setattr(browser, "CHROMIUM", tmp_path / "chromium")
    monkeypatch.setattr(browser.shutil, "which", lambda name: "/usr/bin/apt-get" if name == "apt-get" else None)


@pytest.mark.parametrize(("ci", "outcome"), [("true", pytest.fail.Exception), ("", pytest.skip.Exception)])
def test_a_missing_browser_skips_here_and_fails_in_ci(no_chromium, monkeypatch, ci, outcome):
    monkeypatch.setenv("CI", ci)
    with pytest.raises(outcome, match="no Chromium"):
        pytest_services.chromium()


def test_a_refused_installation_ends_nothing(no_chromium, monkeypatch, capsys):
    calls = []

    def refuse(command, **_):
        calls.append(command[1])
        return subprocess.CompletedProcess(command, 100, "E: no network\n")

    monkeypatch.setattr(browser.os, "geteuid", lambda: 0)
    monkeypatch.setattr(browser.subprocess, "run", refuse)
    browser.install()
    assert calls == ["install", "update"]
    assert "E: no network" in capsys.readouterr().err


def test_an_ordinary_user_is_asked_for_nothing(no_chromium, monkeypatch):
    monkeypatch.setattr(browser.os, "geteuid", lambda: 1000)
    monkeypatch.setattr(browser.subprocess, "run", lambda *_, **__: pytest.fail("it asked"))
    browser.install()
