from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CatalogConfig(AppConfig):
    name = "catalog"

    def ready(self):
        from catalog import changes as own
        from catalog import jobs, selectors  # noqa: F401  jobs registers itself
        from catalog.finds import FOUND
        from catalog.imports import PRODUCTS
        from catalog.sentences import SENTENCES
        from config.kernel import changes, finding, imports, navigation, sentences, subjects
        from merchants.accounts.permissions import Permission

        sentences.add(SENTENCES)
        imports.add(PRODUCTS)
        finding.add(*FOUND)
        changes.add_rows(own.PRODUCTS)
        changes.add(*own.KINDS)
        subjects.add("product", needs=Permission.PRODUCTS_VIEW, find=selectors.subjects)
        navigation.add(
            navigation.Entry(
                20, _("Products"), "tag", "catalog:products", Permission.PRODUCTS_VIEW, on_phone=True,
                covers=("catalog:product",), key="p",
            )
        )  # fmt: skip
