"""Product pictures, which are public; a proxy may serve these, and nothing else, from MEDIA_ROOT instead."""

from django.conf import settings
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe
from django.views.static import serve

PATH = r"^media/(?P<path>[0-9a-f-]{36}/[0-9a-f]{64}(?:-thumb)?\.webp)$"


@require_safe
@cache_control(public=True, max_age=365 * 24 * 3600, immutable=True)
def picture(request, path):
    """A stored picture; its name is its content's hash, so it never changes."""
    return serve(request, path, document_root=settings.MEDIA_ROOT)
