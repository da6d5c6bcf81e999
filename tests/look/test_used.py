"""A component, layout, style sheet or script that nothing uses is not kept for later."""

from pathlib import Path

ROOT = Path(__file__).parents[2]
APPS = ["config", "merchants", "catalog", "pricing", "fulfillment", "support", "analytics"]


def unused(root: Path):
    parts = [*root.glob("templates/components/*.html"), *root.glob("templates/layouts/*.html")]
    files = [*root.glob("static/css/*.css"), *root.glob("static/js/*.js")]
    texts = {path: path.read_text() for path in [*root.rglob("templates/**/*.html"), *files]}
    texts |= {path: path.read_text() for app in APPS for path in (root / app).rglob("*.py")}
    for path in [*parts, *files]:
        # `./name.js` in a module, `data-behavior` by its bare name, `components/name.html` in a template
        names = {f"/{path.name}", path.stem} if path.suffix == ".js" else {f"{path.parent.name}/{path.name}"}
        if not any(name in text for other, text in texts.items() if other != path for name in names):
            yield path.relative_to(root).as_posix()


def test_everything_is_used():
    assert list(unused(ROOT)) == []


def test_the_check_bites(tmp_path):
    for path, text in {
        "templates/components/used.html": "", "templates/components/idle.html": "{# components/idle.html #}",
        "templates/page.html": '{% include "components/used.html" %}', "static/css/idle.css": "",
        "static/js/lonely.js": "", "static/js/used.js": "", "static/js/main.js": 'import "./used.js"',
        "templates/base.html": '<script src="js/main.js">',
    }.items():  # fmt: skip
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text)
    assert set(unused(tmp_path)) == {"templates/components/idle.html", "static/css/idle.css", "static/js/lonely.js"}
