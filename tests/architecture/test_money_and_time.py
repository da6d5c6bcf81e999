"""Money stays whole: no float, no rounding, no division by hand. Time comes from one clock, at the edge."""

import ast
import re

from tests.architecture.source import APPS, ROOT, START_UP, called, modules

MONEY = "config/kernel/money.py"
SHOWS = "config/templatetags/ui.py"  # writes amounts for people
# where numbers are neither money nor anything else that has to add up
FLOATS = {
    "analytics/services/demo/pictures/": "pictures are drawn in fractions of a pixel",
    "analytics/services/imports/values.py": "degrees on the map",
}
AMOUNT = re.compile(r"(^|_)minor$")
CUTS = ast.Div | ast.FloorDiv | ast.Mod | ast.Pow

CLOCKS = re.compile(
    r"(^|\.)(timezone\.(now|localdate)|(datetime|date|dt)\.(now|utcnow|today)|time\.(time|time_ns|localtime|gmtime))$|^Now$"
)
# where `now` enters: requests and the frame of their pages, tasks, commands, and the ids of new rows
EDGES = {"pages", "api", "admin", "tasks", "management", "doorkeeper", "shell"}
# the clocks of the database, of templates and of browsers: none of them knows of a moved clock
OTHER_CLOCKS = {
    "*.py": re.compile(r"current_date|current_timestamp|localtimestamp|clock_timestamp|(?<![\w.])now\(\)", re.I),
    "*.html": re.compile(r"{%\s*now\b|\|\s*(timesince|timeuntil|naturaltime)\b"),
    "*.js": re.compile(r"Date\.now|new Date\(\)"),
}


def is_amount(node: ast.AST) -> bool:
    """`order.total_minor`, `money.minor`, `total_minor`, `F("total_minor")`, `Sum("total_minor")`, and sums of such."""
    if isinstance(node, ast.Call):
        return any(isinstance(arg, ast.Constant) and AMOUNT.search(str(arg.value)) for arg in node.args)
    if isinstance(node, ast.BinOp):
        return is_amount(node.left) or is_amount(node.right)
    name = getattr(node, "attr", getattr(node, "id", ""))
    return bool(AMOUNT.search(name))


def unsafe_money(root):
    for module in modules(root):
        if module.path.startswith((MONEY, SHOWS, *FLOATS, *START_UP)):
            continue
        for node in module.walk():
            if called(node) in ("float", "round") or called(node).endswith("FloatField"):
                yield module.at(node, f"calls {called(node)}")
            if isinstance(node, ast.BinOp) and isinstance(node.op, CUTS) and is_amount(node.left):
                yield module.at(node, "divides an amount, use portion or split")
            if isinstance(node, ast.BinOp) and is_amount(node.left) and isinstance(node.right, ast.Constant):
                if isinstance(node.right.value, float):
                    yield module.at(node, "multiplies an amount by a float")


def second_clocks(root):
    for module in modules(root):
        if module.path == "config/kernel/clock.py":
            continue
        for node in module.walk():
            if CLOCKS.search(called(node)):
                yield module.at(node, f"reads {called(node)}")
            if isinstance(node, ast.keyword) and node.arg in ("auto_now", "auto_now_add"):
                yield module.at(node.value, f"uses {node.arg}")
            if called(node) == "clock.now" and module.app in APPS and module.part not in EDGES:
                yield module.at(node, f"{module.part} asks the clock instead of taking `now`")


def clocks_elsewhere(root):
    """In what SQL says, in templates, and in the browser."""
    for module in modules(root):
        for node in module.walk():
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and "SELECT" in node.value.upper():
                if OTHER_CLOCKS["*.py"].search(node.value):
                    yield module.at(node, "lets the database tell the time")
    for kind, top in (("*.html", "templates"), ("*.js", "static/js")):
        for path in sorted((root / top).rglob(kind)):
            for number, line in enumerate(path.read_text().splitlines(), 1):
                if OTHER_CLOCKS[kind].search(line):
                    yield f"{path.relative_to(root).as_posix()}:{number} reads a clock of its own"


def test_money_is_never_a_float_nor_divided_by_hand():
    assert list(unsafe_money(ROOT)) == []


def test_unsafe_money_bites(plant):
    root = plant(
        {
            "pricing/rules.py": """\
                float(total)
                round(total * 0.2, 2)
                price_minor / 100
                order.total.minor // 100
                F("total_minor") / 2
                (a_minor + b_minor) % 7
                total_minor * 1.19
                total_minor * quantity
                models.FloatField()
                weight_g / 1000
            """,
            "config/kernel/money.py": "self.minor / 100\n",
        }
    )
    assert sorted(unsafe_money(root)) == [
        "pricing/rules.py:1 calls float",
        "pricing/rules.py:2 calls round",
        *(f"pricing/rules.py:{line} divides an amount, use portion or split" for line in (3, 4, 5, 6)),
        "pricing/rules.py:7 multiplies an amount by a float",
        "pricing/rules.py:9 calls models.FloatField",
    ]


def test_there_is_one_clock():
    assert list(second_clocks(ROOT)) == []


def test_no_clock_is_read_in_sql_templates_or_browsers():
    assert list(clocks_elsewhere(ROOT)) == []


def test_clocks_elsewhere_bites(plant):
    root = plant(
        {
            "catalog/selectors.py": """\
                QUERY = "SELECT id FROM job WHERE due_at < now()"
                OTHER = "select current_date"
                clean = "SELECT id FROM job WHERE due_at < %(now)s"
            """,
            "templates/catalog/product_list.html": "{{ product.made_at|timesince }}\n{% now 'Y' %}\n{{ now }}\n",
            "static/js/deadline.js": "const left = due - Date.now()\nconst due = new Date(text)\n",
        }
    )
    assert list(clocks_elsewhere(root)) == [
        "catalog/selectors.py:1 lets the database tell the time",
        "catalog/selectors.py:2 lets the database tell the time",
        "templates/catalog/product_list.html:1 reads a clock of its own",
        "templates/catalog/product_list.html:2 reads a clock of its own",
        "static/js/deadline.js:1 reads a clock of its own",
    ]


def test_second_clocks_bites(plant):
    root = plant(
        {
            "catalog/pages.py": """\
                timezone.now()
                datetime.now(UTC)
                dt.datetime.utcnow()
                date.today()
                time.time()
                models.DateTimeField(auto_now_add=True)
                clock.now()
                time.monotonic()
            """,
            "catalog/services.py": "clock.now()\n",
            "config/kernel/clock.py": "timezone.now()\n",
        }
    )
    assert sorted(second_clocks(root)) == [
        "catalog/pages.py:1 reads timezone.now",
        "catalog/pages.py:2 reads datetime.now",
        "catalog/pages.py:3 reads dt.datetime.utcnow",
        "catalog/pages.py:4 reads date.today",
        "catalog/pages.py:5 reads time.time",
        "catalog/pages.py:6 uses auto_now_add",
        "catalog/services.py:1 services asks the clock instead of taking `now`",
    ]
