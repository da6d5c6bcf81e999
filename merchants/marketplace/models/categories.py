from django.db import models
from django.utils.translation import get_language
from treebeard.mp_tree import MP_Node


class Category(MP_Node):
    """A place in the operator's tree, big to small; `name` is in `language`, other languages beside it."""

    code = models.CharField(max_length=80, unique=True)
    name = models.CharField(max_length=120)
    language = models.CharField(max_length=10, default="en")
    is_open = models.BooleanField(default=True)  # products may be put here

    def __str__(self):
        known = getattr(self, "local_name", "")  # asked for together with the row
        return known or self.name_in(get_language() or self.language)

    def name_in(self, language: str) -> str:
        """Needs `names` prefetched where many are shown."""
        return next((each.name for each in self.names.all() if each.language == language), self.name)


class CategoryName(models.Model):
    """A category's name in one more language."""

    category = models.ForeignKey(Category, on_delete=models.CASCADE, related_name="names")
    language = models.CharField(max_length=10)
    name = models.CharField(max_length=120)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["category", "language"], name="one_category_name_per_language")]
