"""Pages about products."""

from django.forms import Form
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as __

from catalog import forms, selectors
from catalog.filters import ProductFilter
from catalog.models import Listing
from catalog.services import listings, pictures, products
from catalog.services.pictures import Drawn
from catalog.services.products import FirstVariant
from catalog.states import PRODUCT_FLOW, ListingStatus, ProductStatus
from config.kernel.index import Column, View
from config.kernel.pages import FormPage, IndexPage, Page
from config.templatetags.ui import day
from merchants.accounts.permissions import Permission
from merchants.activity.selectors import timeline
from merchants.desk.services import exports


class ProductIndex(IndexPage):
    needs = Permission.PRODUCTS_VIEW
    template_name = "catalog/product_list.html"
    has_look = True
    title = __("Products")
    filterset_class = ProductFilter
    columns = [
        Column("title", __("Product"), order="title"),
        Column("status", __("Status")),
        Column("category", __("Category")),
        Column("price", __("Price"), numeric=True),
        Column("variants", __("Variants"), numeric=True),
        Column("listings", __("On sale"), numeric=True),
        Column("updated", __("Changed"), order="updated", is_time=True),
    ]
    orders = {
        "-updated": ("-updated_at", "-pk"), "updated": ("updated_at", "pk"), "title": ("title", "pk"),
        "-title": ("-title", "-pk"),
    }  # fmt: skip
    views = [
        View(__("All")),
        View(__("On sale"), {"on_sale": "yes"}),
        View(__("Drafts"), {"status": ProductStatus.DRAFT.value}),
        View(__("Without picture"), {"has_picture": "no"}),
        View(__("Archived"), {"status": ProductStatus.ARCHIVED.value}),
    ]
    empty_text = __("What you sell appears here, with its price and where it is on sale.")

    def rows(self):
        return selectors.products()

    def ready(self, rows):
        return selectors.with_first_variants(rows, now=self.now)

    def context(self):
        return super().context() | {"may_edit": self.actor.can(Permission.PRODUCTS_EDIT)}


class ProductExport(FormPage):
    """Of what the list shows: its filters are in the address."""

    needs = Permission.PRODUCTS_VIEW
    form_class = Form
    template_name = "desk/act.html"

    def context(self):
        return {
            "heading": _("Export products"), "submit_label": _("Export"),
            "intro": _("A file for a spreadsheet, with all products that the list shows."),
            "cancel_url": reverse("catalog:products", args=[self.merchant.slug]),
        }  # fmt: skip

    def act(self, form):
        job = exports.queue(
            "catalog.export_products", query=self.request.GET, filterset=ProductFilter, by=self.actor, now=self.now
        )
        return job, _("The export has begun.")


def drawn_from(form, merchant) -> Drawn | None:
    """The picture that a form brought, drawn before anything else begins."""
    sent = form.cleaned_data["picture"]
    return pictures.draw(sent, folder=str(merchant.public_id)) if sent else None


class ProductCreation(FormPage):
    needs = Permission.PRODUCTS_EDIT
    template_name = "catalog/product_creation.html"

    def context(self):
        return {
            "submit_label": _("Create product"), "cancel_url": reverse("catalog:products", args=[self.merchant.slug])
        }  # fmt: skip

    def form(self, data=None, files=None):
        return forms.NewProduct(data, files, currency=self.merchant.currency)

    def act(self, form):
        sent = form.cleaned_data
        product = products.create(
            code=sent["code"], details=form.details | {"language": self.merchant.language},
            variant=FirstVariant(
                sku=sent["sku"], specification=sent["specification"], barcode=sent["barcode"], weight_g=sent["weight_g"]
            ),
            price=sent["price"], channel=sent["channel"], picture=drawn_from(form, self.merchant), by=self.actor,
            now=self.now,
        )  # fmt: skip
        return product, _("The product was created as a draft.")


class ProductPage(Page, abstract=True):
    """A page about one product, which is found by its code."""

    def load(self, code):
        self.product = selectors.product(code)


class ProductDetail(ProductPage):
    needs = Permission.PRODUCTS_VIEW
    template_name = "catalog/product_detail.html"

    def context(self):
        moves = [target for target in ProductStatus if PRODUCT_FLOW.allows(self.product.status, target)]
        return {
            "product": self.product,
            "moves": moves,
            "may_edit": self.actor.can(Permission.PRODUCTS_EDIT),
            "crumbs": [{"label": _("Products"), "url": reverse("catalog:products", args=[self.merchant.slug])}],
            "facts": self.facts(),
            "timeline": timeline(self.product.about) if self.actor.can(Permission.ACTIVITY_VIEW) else None,
        }

    def facts(self) -> list[tuple[str, object]]:
        product = self.product
        return [
            (_("Product code"), product.code),
            (_("Category"), product.category),
            (_("Model"), product.model_number or None),
            (_("Country of origin"), product.origin or None),
            (_("Created"), day(product.created_at)),
            (_("Changed"), day(product.updated_at)),
        ]


class ProductActs(ProductPage, FormPage, abstract=True):
    """An act on one product by form."""

    needs = Permission.PRODUCTS_EDIT
    template_name = "catalog/product_act.html"
    heading: str
    verb: str

    def context(self):
        return {
            "product": self.product, "heading": self.heading, "submit_label": self.verb,
            "cancel_url": self.product.get_absolute_url(),
        }  # fmt: skip


class ProductChange(ProductActs):
    form_class = forms.ChangedProduct
    heading, verb = __("Change product"), __("Save changes")

    def initial(self):
        product = self.product
        names = ["title", "category", "model_number", "origin", "description", "version"]
        return {name: getattr(product, name) for name in names}

    def act(self, form):
        product = products.change(
            product=self.product, changes=form.details, version=form.cleaned_data["version"],
            picture=drawn_from(form, self.merchant), by=self.actor, now=self.now,
        )  # fmt: skip
        return product, _("The changes were saved.")


class ProductStatusChange(ProductActs):
    form_class = forms.ProductMove
    heading, verb = __("Change status"), __("Change status")

    def act(self, form):
        to = ProductStatus(form.cleaned_data["status"])
        product = products.move(product=self.product, to=to, by=self.actor, now=self.now)
        return product, _("The product is now “%(status)s”.") % {"status": to.label}


class VariantCreation(ProductActs):
    form_class = forms.NewVariant
    heading, verb = __("Add a variant"), __("Add variant")

    def act(self, form):
        products.add_variant(
            product=self.product, variant=FirstVariant(**form.cleaned_data), by=self.actor, now=self.now
        )
        return self.product, _("The variant was added.")


class ListingCreation(ProductActs):
    heading, verb = __("Put on sale"), __("Put on sale")

    def form(self, data=None, files=None):
        return forms.NewListing(data, product=self.product, currency=self.merchant.currency)

    def act(self, form):
        listings.put_on_sale(**form.cleaned_data, by=self.actor, now=self.now)
        return self.product, _("The variant is on sale.")


class ListingStatusChange(ProductActs):
    form_class = forms.ListingMove
    heading, verb = __("Take off sale"), __("Take off sale")

    def act(self, form):
        sent = form.cleaned_data
        listing = Listing.objects.filter(
            variant__product=self.product, variant__sku=sent["sku"], channel__code=sent["channel"]
        ).first()
        if listing is None:
            raise Http404
        to = ListingStatus(sent["status"])
        listings.take_off(listing=listing, to=to, by=self.actor, now=self.now)
        return self.product, _("The listing is now “%(status)s”.") % {"status": to.label}
