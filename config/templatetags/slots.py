"""`{% slot "catalog.product" product=product %}`: what upper apps add to a page of a lower one."""

from django import template
from django.utils.safestring import mark_safe

from config.kernel import slots

register = template.Library()


@register.simple_tag(takes_context=True)
def slot(context, name: str, **subject) -> str:
    """The panels that the acting person may see; each was escaped by its own template."""
    return mark_safe("".join(slots.render(name, request=context["request"], **subject)))
