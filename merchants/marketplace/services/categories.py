"""The operator's category tree."""

from django.db import transaction

from config.kernel.transactions import one_at_a_time
from merchants.marketplace.models import Category, CategoryName


@transaction.atomic
def find_or_create(
    *, code: str, name: str, language: str = "en", names: dict[str, str] | None = None, parent: Category | None = None
) -> Category:
    """A category by its code, made below `parent` where there is none. Changes of the tree queue up: a path-based
    tree tears when two of them run at once.
    """
    one_at_a_time("category tree")
    if known := Category.objects.filter(code=code).first():
        return known
    node = Category(code=code, name=name, language=language)
    if parent:
        Category.objects.get(pk=parent.pk).add_child(instance=node)
    else:
        Category.add_root(instance=node)
    other = (names or {}).items()
    CategoryName.objects.bulk_create(CategoryName(category=node, language=key, name=value) for key, value in other)
    return node
