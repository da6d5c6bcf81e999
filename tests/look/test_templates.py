"""What can be read off the templates, styles and scripts without opening a page."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
TEMPLATE_LINES, CSS_LINES, JS_LINES = 120, 150, 80

COMMENT = re.compile(r"\{% comment %\}.*?\{% endcomment %\}", re.S)
OPENING = re.compile(r"(\{% extends [^%]*%\}\n)?\{% comment %\} .+?\{% endcomment %\}", re.S)
INLINE = {
    "a style attribute": re.compile(r"\sstyle\s*=", re.I),
    "a <style> element": re.compile(r"<style\b", re.I),
    "a script without a file": re.compile(r"<script(?![^>]*\bsrc=)[^>]*>", re.I),
    "an event attribute": re.compile(r"<[^>]*\s(?:on[a-z]+|hx-on[:\w-]*)\s*=", re.I),
    "a javascript: address": re.compile(r"javascript:", re.I),
    "something from another host": re.compile(r"(?:\ssrc|<link[^>]*\shref)=[\"'](?:https?:)?//", re.I),
}
TOO_NEW = re.compile(r"oklch\(|oklab\(|light-dark\(|color-mix\(|@scope|anchor-name|:popover-open|(?:^|[{;])\s*&", re.M)
RAW_COLOR = re.compile(r"#[0-9a-fA-F]{3,8}\b|\brgba?\(|\bhsla?\(")
PARDONED = ("print", "prefers-reduced-motion", "[hidden]")


def templates(root):
    return [path for path in sorted(root.glob("templates/**/*.html")) if "email" not in path.parts]


def styles(root):
    return sorted(root.glob("static/css/**/*.css"))


def scripts(root):
    return sorted(root.glob("static/js/**/*.js"))


def too_long(paths, limit):
    counted = ((path, len(path.read_text().splitlines())) for path in paths)
    return [f"{path.name}: {lines} lines" for path, lines in counted if lines > limit]


def inline(root):
    return [
        f"{path.name}: {what}"
        for path in templates(root)
        for what, pattern in INLINE.items()
        if pattern.search(COMMENT.sub("", path.read_text()))
    ]


def unexplained_in(folder):
    """Shared templates say what they take before anything else."""
    return [path.name for path in sorted(folder.rglob("*.html")) if not OPENING.match(path.read_text())]


def unknown_icons(root):
    known = set(re.findall(r'id="i-([\w-]+)"', (root / "static/img/icons.svg").read_text()))
    asked = re.compile(r'\{% icon "([\w-]+)"')
    names = [(path.name, name) for path in templates(root) for name in asked.findall(path.read_text())]
    return [f"{file}: {name}" for file, name in names if name not in known]


def unknown_behaviors(root):
    known = {path.stem for path in scripts(root)}
    listed = set(re.findall(r'import \w+ from "\./([\w-]+)\.js"', (root / "static/js/behaviors.js").read_text()))
    asked = re.compile(r'data-behavior="([^"{]+)"')
    found = [(path.name, names) for path in templates(root) for names in asked.findall(path.read_text())]
    return [f"{file}: {name}" for file, names in found for name in names.split() if name not in known & listed]


def blocks(css):
    """Every declaration or prelude of a style sheet, with the preludes that it stands in."""
    within, text = [], ""
    for letter in re.sub(r"/\*.*?\*/", "", css, flags=re.S):
        if letter == "{":
            yield "prelude", text.strip(), list(within)
            within.append(text.strip())
            text = ""
        elif letter in ";}":
            yield "declaration", text.strip(), list(within)
            text = ""
            if letter == "}":
                within.pop()
        else:
            text += letter


def css_faults(root):
    faults = []
    for path in styles(root):
        css = path.read_text()
        if TOO_NEW.search(re.sub(r"/\*.*?\*/", "", css, flags=re.S)):
            faults.append(f"{path.name}: too new for the oldest browser")
        for kind, text, within in blocks(css):
            if kind == "prelude" and not text.startswith("@") and re.search(r"#[A-Za-z_]", text):
                faults.append(f"{path.name}: an id in {text}")
            if "!important" in text and not any(pardon in prelude for prelude in within for pardon in PARDONED):
                faults.append(f"{path.name}: {text}")
            if kind == "declaration" and path.name != "tokens.css" and RAW_COLOR.search(text):
                faults.append(f"{path.name}: a raw color in {text}")
    return faults


def plant(root, name, text):
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return root


def test_templates_hold_no_inline_style_script_or_handler():
    assert inline(ROOT) == []


def test_templates_hold_no_inline_style_script_or_handler_bites(tmp_path):
    plant(tmp_path, "templates/a.html", '<p style="color: red">')
    plant(tmp_path, "templates/b.html", "<script>go()</script><style></style>")
    plant(tmp_path, "templates/c.html", '<a onclick="go()" href="javascript:go()"><img src="//cdn.example/x.png">')
    assert inline(tmp_path) == [
        "a.html: a style attribute", "b.html: a <style> element", "b.html: a script without a file",
        "c.html: an event attribute", "c.html: a javascript: address", "c.html: something from another host",
    ]  # fmt: skip


def test_shared_templates_open_with_what_they_take():
    shared = ("components", "layouts", "account", "mfa", "allauth", "usersessions", "django")
    assert [name for part in shared for name in unexplained_in(ROOT / "templates" / part)] == []


def test_shared_templates_open_with_what_they_take_bites(tmp_path):
    plant(tmp_path, "badge.html", "<b>{{ label }}</b>{% comment %} Too late {% endcomment %}")
    plant(tmp_path, "chip.html", "{% comment %} Chip · label {% endcomment %}<b>{{ label }}</b>")
    assert unexplained_in(tmp_path) == ["badge.html"]


def test_files_stay_short():
    assert too_long(templates(ROOT), TEMPLATE_LINES) == []
    assert too_long(styles(ROOT), CSS_LINES) == []
    assert too_long(scripts(ROOT), JS_LINES) == []


def test_files_stay_short_bites(tmp_path):
    plant(tmp_path, "templates/long.html", "x\n" * 121)
    plant(tmp_path, "static/css/long.css", "x\n" * 151)
    plant(tmp_path, "static/js/long.js", "x\n" * 81)
    assert too_long(templates(tmp_path), TEMPLATE_LINES) == ["long.html: 121 lines"]
    assert too_long(styles(tmp_path), CSS_LINES) == ["long.css: 151 lines"]
    assert too_long(scripts(tmp_path), JS_LINES) == ["long.js: 81 lines"]


def test_styles_know_no_ids_no_force_and_no_raw_colors():
    assert css_faults(ROOT) == []


def test_styles_know_no_ids_no_force_and_no_raw_colors_bites(tmp_path):
    plant(tmp_path, "static/css/a.css", "#top .b { color: #fff; margin: 0 !important; }\n.c { color: oklch(1 0 0) }")
    plant(
        tmp_path, "static/css/b.css", "@media print { .b { margin: 0 !important; } } [hidden] { margin: 0 !important; }"
    )
    plant(tmp_path, "static/css/tokens.css", ":root { --ink: #1b1f22; }")
    assert css_faults(tmp_path) == [
        "a.css: too new for the oldest browser", "a.css: an id in #top .b", "a.css: a raw color in color: #fff",
        "a.css: margin: 0 !important",
    ]  # fmt: skip


def test_icons_and_behaviors_that_templates_ask_for_exist():
    assert unknown_icons(ROOT) == []
    assert unknown_behaviors(ROOT) == []


def test_icons_and_behaviors_that_templates_ask_for_exist_bites(tmp_path):
    plant(tmp_path, "static/img/icons.svg", '<svg><symbol id="i-house"></symbol></svg>')
    plant(tmp_path, "static/js/behaviors.js", 'import menu from "./menu.js";')
    plant(tmp_path, "static/js/menu.js", "")
    plant(tmp_path, "templates/a.html", '{% icon "house" %}{% icon "hose" "sm" %}<i data-behavior="menu menus">')
    assert unknown_icons(tmp_path) == ["a.html: hose"]
    assert unknown_behaviors(tmp_path) == ["a.html: menus"]
