import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from catalog.models import Listing, Product, ProductPicture
from catalog.states import ListingStatus, ProductStatus
from config.kernel import scope
from merchants.accounts.permissions import Role
from merchants.activity.models import DomainEvent
from tests.conftest import person
from tests.factories.accounts import make_member, make_user
from tests.factories.catalog import make_product, make_variant
from tests.factories.marketplace import make_category, usual_category, usual_channel

LIST = "/m/acme/products/"


@pytest.fixture
def shop(client_for, olive):
    return client_for(olive)


@pytest.fixture
def within(acme):
    """Runs a factory in the scope of acme."""

    def run(make, *args, **kwargs):
        with scope.acting_for(acme):
            return make(*args, **kwargs)

    return run


def titles(response):
    return [product.title for product in response.context["index"].rows]


def listing_states():
    return list(Listing.objects.values_list("status", flat=True))


def new_product(acme, **changes):
    with scope.acting_for(acme):
        sent = {
            "title": "Tent", "category": usual_category().pk, "code": "TENT", "sku": "TENT-G", "price": "129.00",
            "channel": usual_channel().pk,
        }  # fmt: skip
    return sent | changes


def test_the_list_shows_own_products_with_price_and_sku(shop, within, rival):
    within(make_product, title="Ours", sku="S-1", price=129_900)
    with scope.acting_for(rival):
        make_product(title="Theirs")
    response = shop.get(LIST)
    assert titles(response) == ["Ours"]
    assert "€1,299.00" in response.content.decode() and "S-1" in response.content.decode()
    assert "Theirs" not in response.content.decode()


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"q": "tent"}, {"Tent"}), ({"q": "STOVE-"}, {"Stove"}), ({"q": "C-TENT"}, {"Tent"}), ({"q": "nothing"}, set()),
        ({"status": "draft"}, {"Stove"}), ({"on_sale": "yes"}, {"Tent"}), ({"on_sale": "no"}, {"Stove"}),
        ({"has_picture": "no"}, {"Tent", "Stove"}), ({"category": "camping"}, {"Tent"}),
    ],
)  # fmt: skip
def test_filters(shop, within, query, found):
    camping = within(make_category, code="camping")
    within(make_product, title="Tent", code="C-TENT", category=camping)
    within(make_product, title="Stove", sku="stove-1", status=ProductStatus.DRAFT)
    response = shop.get(LIST, query)
    assert (response.status_code, set(titles(response))) == (200, found)


@pytest.mark.parametrize(
    "query",
    [
        {"color": "red"},
        {"status": "sold"},
        {"sort": "price"},
        {"after": "x"},
        {"after": "WyJhIl0"},
        {"category": "no"},
    ],
)
def test_an_unknown_filter_is_told_with_400(shop, within, query):
    within(make_product)
    response = shop.get(LIST, query)
    assert response.status_code == 400
    assert b"That is not possible" in response.content


def test_pages_follow_each_other_and_back_without_a_gap(shop, within):
    for number in range(120):
        within(make_product, title=f"T{number:03}")
    url, seen, pages = f"{LIST}?sort=title", [], []
    while url:
        page = shop.get(url)
        pages.append(titles(page))
        seen += pages[-1]
        previous, url = page.context["index"].pager["previous_url"], page.context["index"].pager["next_url"]
    assert seen == [f"T{number:03}" for number in range(120)]
    assert list(map(len, pages)) == [50, 50, 20]
    assert titles(shop.get(previous)) == pages[1]


def test_the_list_costs_the_same_for_one_product_and_for_six(shop, within, flat_queries):
    flat_queries(lambda: within(make_product), lambda: shop.get(LIST))


def test_a_product_costs_the_same_for_one_variant_and_for_six(shop, within, flat_queries):
    product = within(make_product)
    flat_queries(lambda: within(make_variant, product), lambda: shop.get(f"{LIST}{product.code}/"))


def test_a_product_is_made_with_its_picture(shop, acme, settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path)
    out = io.BytesIO()
    Image.new("RGB", (300, 200), "red").save(out, "PNG")
    picture = SimpleUploadedFile("tent.png", out.getvalue())
    response = shop.post(f"{LIST}new/", new_product(acme, picture=picture), follow=True)
    assert response.redirect_chain == [("/m/acme/products/TENT/", 302)]
    assert b"\xe2\x82\xac129.00" in response.content
    with scope.acting_for(acme):
        drawn = ProductPicture.objects.get()
        assert (tmp_path / drawn.file).exists()
        assert f"/media/{acme.public_id}/{drawn.sha256}.webp" == drawn.url
    assert shop.get(drawn.url).status_code == 200


@pytest.mark.parametrize(
    ("wrong", "field", "status"),
    [
        ({"price": "1,5"}, "price", 422), ({"price": "-1"}, "price", 422), ({"price": "1.005"}, "price", 422),
        ({"price": "9" * 20}, "price", 422), ({"price": "0"}, "price", 422), ({"code": "a/b"}, "code", 422),
        ({"code": "Export"}, "code", 422),
        ({"title": ""}, "title", 422), ({"title": "a\u202eb"}, "title", 422), ({"title": "x" * 201}, "title", 422),
        ({"title": "\u200b\ufeff"}, "title", 422), ({"title": "a\u2028b"}, "title", 422),
        ({"barcode": "123"}, "barcode", 422), ({"origin": "China"}, "origin", 422),
        ({"category": "0"}, "category", 422), ({"sku": "TAKEN"}, "sku", 409), ({"code": "TAKEN"}, "code", 409),
        ({"picture": SimpleUploadedFile("x.svg", b"<svg/>")}, "picture", 422),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_at_its_field_and_nothing_is_made(shop, acme, within, wrong, field, status):
    within(make_product, code="TAKEN", sku="TAKEN")
    response = shop.post(f"{LIST}new/", new_product(acme, **wrong))
    assert response.status_code == status
    assert list(response.context["form"].errors) == [field]
    assert "Tent" in response.content.decode() or field == "title", "what was written is kept"
    with scope.acting_for(acme):
        assert (Product.objects.count(), DomainEvent.objects.count()) == (1, 0)


def test_a_change_is_on_the_timeline(shop, within):
    product = within(make_product, title="Old")
    sent = {"title": "New", "category": product.category_id, "version": 1}
    response = shop.post(f"{LIST}{product.code}/change/", sent, follow=True)
    assert b"<h1>New</h1>" in response.content
    assert [entry.who for entry in response.context["timeline"]] == ["Olive"]


def test_a_change_of_what_another_has_changed_keeps_what_was_written(shop, within):
    product = within(make_product, title="Old", version=2)
    sent = {"title": "Mine", "category": product.category_id, "version": 1}
    response = shop.post(f"{LIST}{product.code}/change/", sent)
    assert response.status_code == 409
    assert "Mine" in response.content.decode() and "Somebody else changed" in response.content.decode()


def test_a_listing_is_paused_and_the_product_then_archived(shop, within, acme):
    product = within(make_product, sku="A")
    url = f"{LIST}{product.code}/"
    refused = shop.post(f"{url}status/", {"status": "archived"})
    assert (refused.status_code, b"Take it off all channels first." in refused.content) == (409, True)
    channel = within(usual_channel).code
    shop.post(f"{url}listings/status/", {"sku": "A", "channel": channel, "status": "paused"})
    shop.post(f"{url}status/", {"status": "archived"})
    with scope.acting_for(acme):
        assert Listing.objects.get().status == ListingStatus.PAUSED
        assert Product.objects.get().status == ProductStatus.ARCHIVED


@pytest.mark.parametrize(
    ("act", "sent", "status"),
    [
        ("listings/", {}, 422), ("prices/", {"price": "1.00"}, 422), ("listings/status/", {"status": "paused"}, 404),
    ],
)  # fmt: skip
def test_an_act_on_a_product_takes_its_own_variants_only(shop, within, act, sent, status):
    within(make_product, code="MINE", sku="MINE")
    within(make_product, code="OTHER", sku="OTHER")
    channel = within(usual_channel).code
    response = shop.post(f"{LIST}MINE/{act}", {"sku": "OTHER", "variant": "OTHER", "channel": channel} | sent)
    assert response.status_code == status
    assert within(DomainEvent.objects.count) == 0
    assert within(listing_states) == ["live", "live"]


@pytest.mark.parametrize("act", ["", "change/", "status/", "variants/", "listings/", "listings/status/", "prices/"])
def test_a_rival_finds_nothing(client_for, rita, within, act):
    product = within(make_product)
    assert client_for(rita).get(f"{LIST}{product.code}/{act}").status_code == 404
    # at home a stranger's code is as unknown as one that never was
    assert client_for(rita).get(f"/m/rival/products/{product.code}/{act}").status_code == 404


def test_what_two_have_changed_is_shown_twice_and_chosen(shop, within, acme):
    product = within(make_product, title="Old", origin="CN", model_number="M1")
    url = f"/m/acme/products/{product.code}/change/"
    seen = {
        "title": "Old",
        "category": str(product.category_id),
        "model_number": "M1",
        "origin": "CN",
        "description": "",
    }
    base = {f"initial-{name}": value for name, value in seen.items()} | {"version": 1}
    assert [(form.name, form.value()) for form in shop.get(url).context["form"].hidden_fields()] == [("version", 1)]
    with scope.acting_for(acme):
        Product.objects.filter(pk=product.pk).update(title="Theirs", origin="DE", version=2)

    refused = shop.post(url, seen | base | {"title": "Mine", "model_number": "M2"})

    assert refused.status_code == 409
    form = refused.context["form"]
    assert [(each.name, each.theirs, each.mine) for each in form.conflicts] == [("title", "Theirs", "Mine")]
    # what only they have changed is theirs, what only this person has changed is not asked about
    again = {name: form[name].value() for name in seen} | {"version": form["version"].value()}
    assert again == seen | {"title": "Mine", "model_number": "M2", "origin": "DE", "version": "2"}
    page = refused.content.decode()
    assert 'name="choice-title" value="theirs"' in page
    assert 'name="initial-title" value="Theirs"' in page
    sent = again | {f"initial-{name}": value for name, value in again.items()} | {"initial-title": "Theirs"}
    shop.post(url, sent | {"choice-title": "theirs"})
    with scope.acting_for(acme):
        stands = Product.objects.get()
    assert (stands.title, stands.model_number, stands.origin, stands.version) == ("Theirs", "M2", "DE", 3)


def test_who_may_only_look_cannot_change(client_for, acme, within):
    product = within(make_product, title="Old")
    reader = make_user(name="Rex")
    within(make_member, reader, Role.READ_ONLY)
    sent = {"title": "New", "category": product.category_id, "version": 1}
    assert client_for(reader).get(f"{LIST}{product.code}/").status_code == 200
    assert client_for(reader).post(f"{LIST}{product.code}/change/", sent).status_code == 403
    with scope.acting_for(acme):
        assert Product.objects.get().title == "Old"


def test_the_history_is_for_those_who_may_see_what_was_done(shop, within, acme, client_for):
    within(make_product, code="TENT")
    assert shop.get(f"{LIST}TENT/").context["timeline"] == []
    assert client_for(person("wanda", acme, Role.WAREHOUSE)).get(f"{LIST}TENT/").context["timeline"] is None


def test_a_picture_is_kept_by_every_cache(shop, acme, settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path)
    name = f"{acme.public_id}/{'a' * 64}.webp"
    (tmp_path / str(acme.public_id)).mkdir()
    (tmp_path / name).write_bytes(b"RIFF")
    response = shop.get(f"/media/{name}")
    assert response.headers["Cache-Control"] == "public, max-age=31536000, immutable"
