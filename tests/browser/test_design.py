"""The style guide in a real browser: every component in every state, read by axe."""

import pytest

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])
WINDOWS = [("en", 1440, "light"), ("zh-hans", 1440, "dark"), ("zh-hans", 360, "light"), ("en", 360, "dark")]


@pytest.mark.parametrize(("language", "width", "scheme"), WINDOWS)
def test_every_component_can_be_read(admin_user, open_page, sound, language, width, scheme):
    page = open_page(admin_user, language=language, width=width, scheme=scheme)
    page.goto("/admin/design/")
    sound(page, f"design-{language}-{width}-{scheme}")
