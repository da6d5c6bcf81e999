"""Every link of the docs to a file of the project leads somewhere."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
LINK = re.compile(r"\]\(([^)#\s]+)")


def dead(root: Path):
    for page in [*root.glob("*.md"), *root.glob("docs/**/*.md")]:
        for target in LINK.findall(page.read_text()):
            if "://" not in target and not (page.parent / target).exists():
                yield f"{page.relative_to(root)} -> {target}"


def test_links_lead_somewhere():
    assert list(dead(ROOT)) == []


def test_the_check_bites(tmp_path):
    (tmp_path / "README.md").write_text("[here](README.md) [there](docs/gone.md) ![picture](gone.png)")
    assert list(dead(tmp_path)) == ["README.md -> docs/gone.md", "README.md -> gone.png"]
