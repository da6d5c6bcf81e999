"""The browser for the tests that look at pages: Debian's Chromium and fonts with Chinese letters."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

CHROMIUM = Path("/usr/bin/chromium")
FONTS = Path("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc")
PATIENCE = 300  # seconds for one call of apt-get


def install() -> None:
    """Make them available where that is allowed and simple; a failure is told and left to the tests that need them."""
    wanted = {"chromium": CHROMIUM, "fonts-noto-cjk": FONTS}
    missing = [package for package, path in wanted.items() if not path.exists()]
    if not missing or os.geteuid() != 0 or not shutil.which("apt-get"):
        return
    print(f"Installing {' and '.join(missing)} for the tests in a browser ...", flush=True)
    get = ["install", "-y", "-qq", "--no-install-recommends", *missing]
    problem = _apt(*get) and (_apt("update", "-qq") or _apt(*get))
    if problem:
        print(f"That failed, so those tests cannot run: {problem}", file=sys.stderr, flush=True)


def _apt(*arguments: str) -> str:
    """Run apt-get without asking anything; what went wrong, or nothing."""
    try:
        done = subprocess.run(
            ["apt-get", *arguments], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            text=True, timeout=PATIENCE, env=os.environ | {"DEBIAN_FRONTEND": "noninteractive"},
        )  # fmt: skip
    except (OSError, subprocess.TimeoutExpired) as error:
        return str(error)
    return "" if done.returncode == 0 else (done.stdout.strip().splitlines() or ["no reason given"])[-1]


def path() -> str | None:
    if CHROMIUM.exists():
        return str(CHROMIUM)
    return shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
