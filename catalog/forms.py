"""One form per act on products."""

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator, RegexValidator
from django.utils.translation import gettext_lazy as _

from catalog.filters import CategoryField
from catalog.models import Product, Variant
from catalog.states import ListingStatus, ProductStatus
from config.kernel.conflicts import Versioned
from config.kernel.forms import CountryField, MoneyField, OwnedChoiceField, PlainText
from merchants.marketplace import selectors as marketplace
from merchants.marketplace.models import Category, SalesChannel

# in addresses and on labels: no slash, no space
CODE = RegexValidator(r"^[A-Za-z0-9][A-Za-z0-9._-]*$", _("Use letters, digits, dots, dashes and underscores only."))
GTIN = RegexValidator(r"^(\d{8}|\d{12,14})$", _("A barcode (GTIN) has 8, 12, 13 or 14 digits."))
TAKEN_BY_PAGES = {"new", "export"}  # beside products/<code>/


class ProductDetails(forms.Form):
    """The base fields of a product."""

    title = PlainText(label=_("Title"), max_length=200)
    category = CategoryField(label=_("Category"), queryset=Category.objects.none(), empty_label=_("Choose…"))
    model_number = PlainText(label=_("Model"), max_length=80, required=False)
    origin = CountryField(label=_("Country of origin"), required=False, help_text=_("Two letters, such as CN or BR."))
    description = PlainText(
        label=_("Description"), max_length=10_000, required=False, widget=forms.Textarea(attrs={"rows": 6})
    )
    picture = forms.FileField(
        label=_("Picture"), required=False, help_text=_("JPEG, PNG or WebP, at most 8 MB. We store a re-encoded copy."),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
    )  # fmt: skip

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["category"].queryset = marketplace.categories()

    @property
    def details(self) -> dict:
        return {
            name: self.cleaned_data[name] for name in ("title", "category", "model_number", "origin", "description")
        }


class NewProduct(ProductDetails):
    """A product with its first variant and price."""

    code = PlainText(
        label=_("Product code"), max_length=40, validators=[CODE], help_text=_("Yours; it is part of the address.")
    )
    sku = PlainText(label=_("SKU"), max_length=60, validators=[CODE])
    specification = PlainText(
        label=_("Specification"), max_length=120, required=False, help_text=_("What tells variants apart: “Red, M”.")
    )
    barcode = PlainText(label=_("Barcode"), max_length=14, required=False, validators=[GTIN])
    channel = forms.ModelChoiceField(
        label=_("Sales channel"), queryset=SalesChannel.objects.none(), empty_label=_("Choose…")
    )
    price = MoneyField(label=_("Price"))
    weight_g = forms.IntegerField(
        label=_("Weight in g"), required=False, validators=[MinValueValidator(1)], max_value=10_000_000
    )

    field_order = [
        "title", "category", "code", "sku", "specification", "model_number", "origin", "channel", "price", "barcode",
        "weight_g", "description", "picture",
    ]  # fmt: skip

    def __init__(self, *args, currency: str, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["channel"].queryset = marketplace.channels(currency=currency)
        self.fields["price"].currency = currency
        self.fields["price"].label = _("Price in %(currency)s") % {"currency": currency}

    def clean_code(self):
        code = self.cleaned_data["code"]
        if code.lower() in TAKEN_BY_PAGES:
            raise ValidationError(_("“%(code)s” is the address of a page. Choose another code."), params={"code": code})
        return code


class ChangedProduct(Versioned, ProductDetails):
    """A product as it should be, and the version that the person saw."""

    watched = ("title", "category", "model_number", "origin", "description")


class ProductMove(forms.Form):
    status = forms.ChoiceField(label=_("Status"), choices=ProductStatus.choices)


class NewListing(forms.Form):
    variant = OwnedChoiceField(Variant, label=_("Variant"), to_field_name="sku", empty_label=_("Choose…"))
    channel = forms.ModelChoiceField(
        label=_("Sales channel"),
        queryset=SalesChannel.objects.none(),
        to_field_name="code",
        empty_label=_("Choose…"),
    )

    def __init__(self, *args, product: Product, currency: str, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["variant"].queryset = Variant.objects.filter(product=product).order_by("position")
        self.fields["channel"].queryset = marketplace.channels(currency=currency)


class ListingMove(forms.Form):
    sku = forms.CharField(label=_("SKU"), max_length=60)
    channel = forms.CharField(label=_("Sales channel"), max_length=40)
    status = forms.ChoiceField(
        label=_("Status"), choices=[(s, s.label) for s in (ListingStatus.PAUSED, ListingStatus.DELISTED)]
    )


class NewVariant(forms.Form):
    sku = PlainText(label=_("SKU"), max_length=60, validators=[CODE])
    specification = PlainText(
        label=_("Specification"), max_length=120, help_text=_("What tells variants apart: “Red, M”.")
    )
    barcode = PlainText(label=_("Barcode"), max_length=14, required=False, validators=[GTIN])
    weight_g = forms.IntegerField(
        label=_("Weight in g"), required=False, validators=[MinValueValidator(1)], max_value=10_000_000
    )
