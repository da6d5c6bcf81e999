"""The page that describes the API is drawn under the strict policy of all pages, from this host alone."""

import pytest

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])


def test_the_description_is_drawn_and_nothing_is_refused(browser, live_server):
    context = browser.new_context(base_url=live_server.url)  # which keeps the policy, unlike the other tests' windows
    page, complaints, asked = context.new_page(), [], []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda fault: complaints.append(str(fault)))
    page.on("request", lambda request: asked.append(request.url))
    page.goto("/api/docs/")
    page.get_by_text("/api/v1/products/bulk/").wait_for()
    page.get_by_text("/api/v1/products/", exact=True).first.click()
    page.get_by_text("Scope: products:read").first.wait_for()
    context.close()

    assert complaints == []
    assert [url for url in asked if not url.startswith((live_server.url, "data:"))] == []
