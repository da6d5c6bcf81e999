from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from catalog.states import PRODUCT_FLOW, ProductStatus
from config.kernel import ids
from config.kernel.constraints import SameMerchant
from config.kernel.flow import Moving
from config.kernel.words import SearchedWords
from merchants.accounts.models import Merchant, MerchantOwned, Sourced, one_per_source
from merchants.marketplace.models import Category


class Product(Moving, Sourced, MerchantOwned):
    """What is sold, in one form or several (its variants)."""

    flow = PRODUCT_FLOW

    public_id = models.UUIDField(default=ids.fresh, editable=False)
    code = models.CharField(_("product code"), max_length=40)
    title = models.CharField(_("title"), max_length=200)
    title_is_made_up = models.BooleanField(default=False)  # the source had none
    model_number = models.CharField(_("model"), max_length=80, blank=True)
    origin = models.CharField(_("country of origin"), max_length=2, blank=True)
    description = models.TextField(_("description"), max_length=10_000, blank=True)
    language = models.CharField(_("language"), max_length=10)
    category = models.ForeignKey(Category, on_delete=models.PROTECT, related_name="+", verbose_name=_("category"))
    status = models.CharField(max_length=20, choices=ProductStatus, default=ProductStatus.DRAFT)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()

    class Meta(MerchantOwned.Meta):
        constraints = [
            *MerchantOwned.Meta.constraints,
            one_per_source(),
            models.UniqueConstraint(fields=["merchant", "code"], name="one_product_per_code"),
            models.UniqueConstraint(fields=["merchant", "public_id"], name="one_product_per_public_id"),
            SearchedWords(column="title", table="catalog_productword", key="product_id"),
            models.CheckConstraint(condition=Q(status__in=ProductStatus.values), name="product_status_known"),
        ]
        indexes = [
            models.Index(fields=["merchant", "-updated_at", "-id"], name="product_newest"),
            models.Index(fields=["merchant", "title", "id"], name="product_by_title"),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("catalog:product", args=[self.merchant.slug, self.code])

    @property
    def about(self) -> str:
        return f"product:{self.public_id}"


class ProductWord(models.Model):
    """A word that a product is found by; the database keeps them as the titles are. Read it by merchant."""

    is_derived = True

    merchant = models.ForeignKey(
        Merchant, on_delete=models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    product = models.ForeignKey(Product, on_delete=models.DO_NOTHING, related_name="+", db_constraint=False)
    word = models.CharField(max_length=60)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["merchant", "word", "product"], name="word_once_per_product")]
        indexes = [GinIndex("merchant", OpClass("word", "gin_trgm_ops"), name="word_with_typos")]


class Variant(Sourced, MerchantOwned):
    """One form of a product, which is counted, priced and shipped by itself."""

    product = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="variants", db_constraint=False)
    public_id = models.UUIDField(default=ids.fresh, editable=False)
    sku = models.CharField(_("SKU"), max_length=60)
    specification = models.CharField(_("specification"), max_length=120, blank=True)  # "Red, M"
    barcode = models.CharField(_("barcode"), max_length=14, blank=True)
    weight_g = models.PositiveIntegerField(_("weight in g"), null=True, blank=True)
    length_mm = models.PositiveIntegerField(_("length in mm"), null=True, blank=True)
    width_mm = models.PositiveIntegerField(_("width in mm"), null=True, blank=True)
    height_mm = models.PositiveIntegerField(_("height in mm"), null=True, blank=True)
    position = models.PositiveSmallIntegerField(default=1)

    class Meta(MerchantOwned.Meta):
        constraints = [
            *MerchantOwned.Meta.constraints,
            one_per_source(),
            SameMerchant("product"),
            models.UniqueConstraint(fields=["merchant", "sku"], name="one_variant_per_sku"),
            models.UniqueConstraint(fields=["merchant", "product", "position"], name="one_variant_per_position"),
        ]
        indexes = [
            models.Index(fields=["merchant", "barcode"], name="variant_barcode", condition=~models.Q(barcode="")),
        ]

    def __str__(self):
        return self.sku
