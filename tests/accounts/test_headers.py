"""What answers tell browsers and proxies: where code may come from, who may frame them, what may be kept."""

import pytest

STRICT = {
    "default-src": "'none'", "script-src": "'self'", "style-src": "'self'", "img-src": "'self' data:",
    "font-src": "'self'", "connect-src": "'self'", "form-action": "'self'", "base-uri": "'none'",
    "frame-ancestors": "'none'", "manifest-src": "'self'",
}  # fmt: skip
ALWAYS = {
    "X-Frame-Options": "DENY", "X-Content-Type-Options": "nosniff", "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}  # fmt: skip


def policy(response) -> dict[str, str]:
    return dict(part.strip().split(" ", 1) for part in response["Content-Security-Policy"].split(";"))


@pytest.mark.parametrize(
    ("address", "status"),
    [("/m/acme/products/", 200), ("/m/rival/products/", 404), ("/m/acme/products/?x=1", 400), ("/account/", 200)],
)
def test_pages_run_their_own_code_only_and_are_kept_by_nobody(olive, rival, client_for, address, status):
    response = client_for(olive).get(address)
    assert response.status_code == status
    assert policy(response) == STRICT
    assert {name: response[name] for name in ALWAYS} == ALWAYS
    assert response["Cache-Control"] == "no-store"


def test_who_is_not_signed_in_gets_the_same_protection(client, db):
    response = client.get("/account/login/")
    assert policy(response) == STRICT
    assert {name: response[name] for name in ALWAYS} == ALWAYS
    assert "no-store" in response["Cache-Control"]


def test_the_desk_of_the_platform_may_run_inline_code_but_none_from_elsewhere(admin_user, client_for):
    response = client_for(admin_user).get("/admin/")
    assert policy(response) == {
        "default-src": "'self'", "script-src": "'self' 'unsafe-inline' 'unsafe-eval'",
        "style-src": "'self' 'unsafe-inline'", "img-src": "'self' data:", "base-uri": "'none'",
        "frame-ancestors": "'none'", "form-action": "'self'",
    }  # fmt: skip
    assert {name: response[name] for name in ALWAYS} == ALWAYS
    assert "no-store" in response["Cache-Control"]


def test_no_script_reads_the_cookies_and_no_other_site_sends_them(client, db):
    client.get("/account/login/")
    flags = {name: (cookie["httponly"], cookie["samesite"]) for name, cookie in client.cookies.items()}
    assert flags["csrftoken"] == (True, "Lax")


def test_the_session_ends_with_the_browser_and_within_half_a_day(olive, client):
    olive.set_password("a good long password")
    olive.save()
    client.post("/account/login/", {"login": olive.email, "password": "a good long password"})
    session = client.cookies["sessionid"]
    assert (session["httponly"], session["samesite"], session["max-age"]) == (True, "Lax", "")
    assert client.session.get_expiry_age() == 12 * 3600


def test_only_pictures_are_served_from_the_media_folder(client, db, settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path)
    (tmp_path / "note.txt").write_text("not for you")
    folder = tmp_path / "01a210b7-5a2f-706c-ab3a-6196783df543"
    folder.mkdir()
    (folder / "page.html").write_text("<script>")
    (folder / f"{'a' * 64}.webp").write_bytes(b"RIFF")

    assert client.get("/media/note.txt").status_code == 404
    assert client.get(f"/media/{folder.name}/page.html").status_code == 404
    assert client.get(f"/media/{folder.name}/../note.txt").status_code == 404
    picture = client.get(f"/media/{folder.name}/{'a' * 64}.webp")
    assert (picture.status_code, picture["Content-Type"]) == (200, "image/webp")
    assert picture["Cache-Control"] == "public, max-age=31536000, immutable"
