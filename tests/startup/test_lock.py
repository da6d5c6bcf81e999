"""The lock files hold names, versions and hashes, and all that pyproject.toml asks for."""

import re
import tomllib
from pathlib import Path

import pytest

FOLDER = Path("requirements")
PINNED = re.compile(r"([A-Za-z0-9._-]+)(?:\[[a-z0-9,_-]+\])?==[A-Za-z0-9.+!]+(?: ; [^\\]+?)? \\")
HASH = re.compile(r"    --hash=sha256:[0-9a-f]{64}(?: \\)?")


def canonical(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def locked(text: str) -> set[str]:
    return {canonical(match[1]) for line in text.splitlines() if (match := PINNED.fullmatch(line))}


def wanted(requirements: list[str]) -> set[str]:
    return {canonical(re.match(r"[A-Za-z0-9._-]+", requirement)[0]) for requirement in requirements}


def strange_lines(text: str) -> list[str]:
    return [line for line in text.splitlines() if not PINNED.fullmatch(line) and not HASH.fullmatch(line)]


def versions(text: str) -> dict[str, str]:
    pinned = (line.removesuffix(" \\").split(" ; ")[0].split("==") for line in text.splitlines() if "==" in line)
    return {canonical(name.split("[")[0]): version.strip() for name, version, *_ in pinned}


@pytest.fixture(scope="module")
def project():
    return tomllib.loads(Path("pyproject.toml").read_text())


@pytest.mark.parametrize("name", ["runtime", "dev", "bootstrap"])
def test_a_lock_holds_names_versions_and_hashes_only(name):
    assert strange_lines((FOLDER / f"{name}.txt").read_text()) == []


@pytest.mark.parametrize(
    "planted",
    [
        "--index-url https://packages.example/simple",
        "django @ https://packages.example/django-5.2.19-py3-none-any.whl \\",
        "django>=5.2 \\",
        "    # via -r pyproject.toml",
    ],
)
def test_a_planted_address_or_range_bites(planted):
    text = (FOLDER / "bootstrap.txt").read_text()
    assert strange_lines(text + planted + "\n") == [planted]


def test_every_direct_dependency_is_locked(project):
    assert wanted(project["project"]["dependencies"]) - locked((FOLDER / "runtime.txt").read_text()) == set()
    assert wanted(project["dependency-groups"]["dev"]) - locked((FOLDER / "dev.txt").read_text()) == set()
    assert wanted(project["dependency-groups"]["bootstrap"]) == locked((FOLDER / "bootstrap.txt").read_text())


def test_a_dependency_that_was_never_locked_bites():
    assert wanted(["never-locked>=1"]) - locked((FOLDER / "runtime.txt").read_text()) == {"never-locked"}


def test_the_tests_run_with_the_versions_that_are_served():
    runtime, dev = (versions((FOLDER / f"{name}.txt").read_text()) for name in ("runtime", "dev"))
    assert {name: version for name, version in runtime.items() if dev.get(name) != version} == {}
