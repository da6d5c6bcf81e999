"""The operator's category tree."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from config.kernel.actors import Actor
from config.kernel.transactions import one_at_a_time
from merchants.marketplace.errors import CodeTaken
from merchants.marketplace.events import CategoryAdded, CategoryRenamed
from merchants.marketplace.models import Category, CategoryName
from merchants.marketplace.services import telling


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
        Category.objects.add_child(Category.objects.get(pk=parent.pk), instance=node)
    else:
        Category.objects.add_root(instance=node)
    other = (names or {}).items()
    CategoryName.objects.bulk_create(CategoryName(category=node, language=key, name=value) for key, value in other)
    return node


@transaction.atomic
def add(*, code: str, name: str, parent: Category | None = None, by: Actor, now: datetime) -> Category:
    """A new category, named in the language that is read just now. Raises CodeTaken."""
    one_at_a_time("category tree")
    if Category.objects.filter(code=code).exists():
        raise CodeTaken(_("Another category has this code."), field="code")
    telling.tell(CategoryAdded(code=code), by=by, now=now)
    return find_or_create(code=code, name=name, language=get_language(), parent=parent)


@transaction.atomic
def rename(*, category: Category, names: Mapping[str, str], is_open: bool, by: Actor, now: datetime) -> Category:
    """Name a category in every language; its code stays, since products and sources know it by that."""
    one_at_a_time("category tree")
    category = Category.objects.get(pk=category.pk)
    category.name, category.is_open = names.get(category.language, category.name), is_open
    category.save(update_fields=["name", "is_open"])
    for language, name in names.items():
        if language != category.language:
            CategoryName.objects.update_or_create(category=category, language=language, defaults={"name": name})
    telling.tell(CategoryRenamed(code=category.code, is_open=is_open), by=by, now=now)
    return category
