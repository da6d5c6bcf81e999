"""The style guide shows what pages are made of, and all of it."""

from pathlib import Path

import pytest
from django.template.loader import get_template

pytestmark = pytest.mark.django_db(databases=["default", "owner"])
COMPONENTS = Path(get_template("components/note.html").origin.name).parent
# what needs a shop, a person or a list around it, and is seen on every page of one
OF_THE_SHELL = {
    "account_menu", "breadcrumbs", "bulk_bar", "conflict", "drawer", "field_words", "filters", "list_display",
    "messages", "neighbors", "notice", "row_choice", "row_look", "save_view", "sidebar", "switcher", "topbar",
}  # fmt: skip


def test_every_component_is_shown(admin_user, client_for):
    response = client_for(admin_user).get("/admin/design/")
    assert response.status_code == 200
    shown = {template.name for template in response.templates if template.name}
    missing = {path.stem for path in COMPONENTS.iterdir() if f"components/{path.name}" not in shown}
    assert missing - OF_THE_SHELL == set()
    assert "Ensure this value is greater than or equal to 0." in response.content.decode()


def test_nobody_else_sees_it(olive, client, client_for):
    assert client_for(olive).get("/admin/design/").status_code == 404
    assert client.get("/admin/design/").status_code == 302
