import os
import signal
import subprocess
import sys

import pytest

from config.embedded import processes


@pytest.fixture
def sleeper():
    process = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE, start_new_session=True)
    yield process
    process.kill()
    process.communicate()


def test_a_process_is_known_by_its_number_and_its_birth(sleeper):
    child = processes.child(sleeper.pid)
    assert processes.alive(child)
    assert not processes.alive([sleeper.pid, "another birth"])
    assert not processes.alive(None)


def test_a_killed_process_is_dead_before_it_is_reaped(sleeper):
    child = processes.child(sleeper.pid)
    sleeper.send_signal(signal.SIGKILL)
    os.waitid(os.P_PID, sleeper.pid, os.WEXITED | os.WNOWAIT)
    assert processes.birth(sleeper.pid) is None
    assert not processes.alive(child)


def test_a_child_that_ignores_the_polite_signal_is_ended_all_the_same(monkeypatch):
    code = "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); print(flush=True); signal.pause()"
    stubborn = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, start_new_session=True)
    stubborn.stdout.readline()
    child = processes.child(stubborn.pid)
    monkeypatch.setitem(processes.ENDINGS, "web", (signal.SIGTERM, 0.2))
    processes.stop({"web": child})
    stubborn.communicate()
    assert not processes.alive(child)


def test_a_stranger_with_the_same_number_is_left_alone(sleeper):
    processes.stop({"web": [sleeper.pid, "another birth"]})
    assert sleeper.poll() is None
