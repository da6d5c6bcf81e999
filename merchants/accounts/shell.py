"""What the frame around every page shows: the shop, the way to others, the side bar."""

from django.conf import settings
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from config.kernel import clock, navigation, slots
from merchants.accounts import selectors


def shell(request):
    """A context processor; nothing is asked of the database by pages that show no frame."""
    return {"shell": SimpleLazyObject(lambda: _shell(request))}


def notice_for_staff(_request) -> tuple[str, str] | None:
    """The same for the pages of the platform: a text and its tone."""
    return (_demo_notice(), "warning") if settings.DEMO else None


def _demo_notice() -> str:
    """What nobody may forget in a demo; where its clock was moved, to when."""
    days = clock.ahead().days
    if not clock.ahead():
        return _("Demo: everyone who reads the README knows these logins.")
    today = formats.date_format(timezone.localtime(clock.now()), "DATE_FORMAT")
    if not days:
        return _("Demo clock: %(date)s, some hours ahead") % {"date": today}
    return ngettext("Demo clock: %(date)s, %(days)s day ahead", "Demo clock: %(date)s, %(days)s days ahead", days) % {
        "date": today, "days": days,
    }  # fmt: skip


def _shell(request) -> dict:
    user = getattr(request, "user", None)
    merchant = getattr(request, "merchant", None)
    frame = {
        "merchant": merchant,
        "user": user if user and user.is_authenticated else None,
        "language": get_language(),
        "switch": [], "switch_count": 0, "switch_url": reverse("home"), "navigation": [], "tabs": [],
        "demo_notice": _demo_notice() if settings.DEMO else "",
    }  # fmt: skip
    if merchant:
        shops, frame["switch_count"] = selectors.switcher(user)
        frame["switch"] = [
            {
                "name": shop.name, "initial": shop.initial, "current": shop == merchant, "note": shop.currency,
                "url": reverse("shop", args=[shop.slug]),
            }
            for shop in shops
        ]  # fmt: skip
        frame["navigation"] = navigation.links(request)
        frame["tabs"] = [link for link in frame["navigation"] if link["on_phone"]][:4]
        frame["tools"] = slots.render("shell.tools", request=request)
        frame["search"] = slots.render("shell.search", request=request)
        frame["dialogs"] = slots.render("shell.dialogs", request=request)
        frame["help"] = slots.render("shell.help", request=request)
        frame["closed"] = slots.render("shell.closed", request=request)
        frame["menu_url"] = reverse("menu", args=[merchant.slug])
    return frame
