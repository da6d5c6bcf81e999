"""Which rows others point at, whatever app those are in: such rows are kept."""

from collections.abc import Iterable

from django.db import models


def pointed_at(model: type[models.Model], keys: Iterable[int], *, but: Iterable[type[models.Model]] = ()) -> set[int]:
    """The keys among these that a row of any model points at, those of `but` left out.

    What the database derives from the rows themselves goes with them and keeps none of them.
    """
    keys, found = list(keys), set()
    for relation in model._meta.get_fields(include_hidden=True):
        if relation.auto_created and not relation.concrete and not _is_left_out(relation.related_model, but):
            name = relation.field.attname
            rows = relation.related_model.objects.filter(**{f"{name}__in": keys})
            found.update(rows.order_by().values_list(name, flat=True).distinct())
    return found


def _is_left_out(model: type[models.Model], but: Iterable[type[models.Model]]) -> bool:
    return model in but or getattr(model, "is_derived", False)
