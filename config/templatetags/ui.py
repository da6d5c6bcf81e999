"""What every page needs to show a value: icons, money, days, moments."""

from datetime import timedelta
from decimal import Decimal
from zlib import crc32

from django import template
from django.templatetags.static import static
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from config.kernel.money import EXPONENTS

register = template.Library()

SYMBOLS = {"CNY": "¥", "BRL": "R$\u00a0", "GBP": "£", "USD": "$", "EUR": "€", "JPY": "JP¥", "HKD": "HK$"}
MINUS = "\u2212"
DAYS = {"zh": "Y年n月j日", "en": "j M Y"}
TONES = {
    "draft": "outline", "ready": "quiet", "archived": "outline", "live": "quiet", "paused": "warn",
    "delisted": "outline",
    "placed": "info", "paid": "info", "shipped": "alt", "delivered": "quiet", "cancelled": "bad",
    "running": "info", "queued": "outline", "stopping": "warn", "stopped": "outline", "parked": "bad",
    "completed": "quiet", "failed": "bad", "open": "quiet", "suspended": "bad", "closed": "quiet",
    "upcoming": "outline", "over": "quiet",
}  # fmt: skip
TINTS = ("teal", "amber", "blue", "violet", "green", "plain")


@register.simple_tag
def icon(name: str, size: str = "") -> str:
    """A decorative icon from the sprite; sizes are sm, lg and xl."""
    css = f"icon icon--{size}" if size else "icon"
    return format_html(
        '<svg class="{}" aria-hidden="true" focusable="false"><use href="{}#i-{}"></use></svg>',
        css, static("img/icons.svg"), name,
    )  # fmt: skip


@register.simple_tag
def seal(size: str = "") -> str:
    """The seal of the house, decorative: write the name beside it."""
    css = f"seal seal--{size}" if size else "seal"
    return format_html(
        '<svg class="{}" viewBox="0 0 26 26" aria-hidden="true" focusable="false"><use href="{}#i-seal"></use></svg>',
        css, static("img/icons.svg"),
    )  # fmt: skip


@register.filter
def money(value) -> str:
    """`¥1,234.56`, `R$ 1,234.56`, minus before the symbol; another currency stands before the amount by its code."""
    if value is None or value == "":
        return ""
    places = EXPONENTS.get(value.currency, 2)
    amount = Decimal(abs(value.minor)).scaleb(-places)
    symbol = SYMBOLS.get(value.currency, f"{value.currency}\u00a0")
    return f"{MINUS if value.minor < 0 else ''}{symbol}{amount:,.{places}f}"


@register.filter
def short_money(value) -> str:
    """`¥12.5k`, `¥1.2万`: for the scale of a chart."""
    amount = Decimal(abs(value.minor)).scaleb(-EXPONENTS.get(value.currency, 2))
    steps = [(Decimal(10_000), "万")] if _tongue() == "zh" else [(Decimal(1_000_000), "M"), (Decimal(1_000), "k")]
    size, word = next((step for step in steps if amount >= step[0]), (Decimal(1), ""))
    shown = (amount / size).quantize(Decimal("0.1")).normalize()
    return f"{SYMBOLS.get(value.currency, value.currency)}{shown:f}{word}"


@register.filter
def number(value) -> str:
    """`1,234`; text such as `1,000+` stays as it is."""
    return f"{value:,}" if isinstance(value, int) else str("" if value is None else value)


@register.filter
def day(value) -> str:
    """`24 Nov 2026`, `2026年11月24日`, in the zone of the page."""
    return "" if not value else date_format(_local(value), DAYS[_tongue()])


@register.filter
def moment(value) -> str:
    """`24 Nov 2026, 13:46`, `2026年11月24日 13:46`, in the zone of the page; of a date the day."""
    if not hasattr(value, "hour"):
        return day(value)
    local = _local(value)
    return f"{date_format(local, DAYS[_tongue()])}{', ' if _tongue() == 'en' else ' '}{local:%H:%M}"


@register.filter
def span(length: timedelta) -> str:
    """`26 min`, `2 h 14 min`, from two days on whole days."""
    minutes = max(0, length // timedelta(minutes=1))
    if length.days >= 2:
        return ngettext("%(days)s day", "%(days)s days", length.days) % {"days": f"{length.days:,}"}
    if minutes >= 60:
        return _("%(hours)s h %(minutes)s min") % {"hours": minutes // 60, "minutes": minutes % 60}
    return _("%(minutes)s min") % {"minutes": minutes}


@register.filter
def weekday(value) -> str:
    """`Tuesday, 24 November`, `11月24日 星期二`, in the zone of the page."""
    return date_format(_local(value), "n月j日 l" if _tongue() == "zh" else "l, j F")


@register.filter
def clock(value) -> str:
    """`13:46`, in the zone of the page."""
    return "" if not value else f"{_local(value):%H:%M}"


@register.filter
def tone(status) -> str:
    """How a badge looks; only what is an exception is filled, a status as it should be stays quiet."""
    return TONES.get(str(status), "quiet")


@register.filter
def tint(value) -> str:
    """One of six tints, always the same one for the same text."""
    return TINTS[crc32(str(value).encode()) % len(TINTS)]


@register.filter
def error_title(form) -> bool:
    """Whether a page's title must begin with “Error:”."""
    return bool(form and getattr(form, "is_bound", False) and form.errors)


def _local(value):
    return timezone.localtime(value) if hasattr(value, "tzinfo") and timezone.is_aware(value) else value


def _tongue() -> str:
    return "zh" if (get_language() or "").startswith("zh") else "en"
