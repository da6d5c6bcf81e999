"""What fulfillment shows on pages of lower apps."""

from itertools import zip_longest

from config.kernel import clock
from config.kernel.charts import trend
from config.kernel.money import Money
from config.templatetags.ui import short_money
from fulfillment import queues, screens


def sales_panel(*, request) -> dict:
    """What was sold today, beside the same day a week ago."""
    merchant, now = request.merchant, clock.now()
    sales = queues.sales(merchant, now=now)
    local = now.astimezone(merchant.zone)
    now_and_then = ([money.minor for money in each] for each in (sales.today, sales.before))
    chart = trend(*now_and_then, at=local.hour + local.minute / 60)
    levels = [(tick, short_money(Money(tick.value, merchant.currency))) for tick in chart.levels]
    hours = [(hour, *amounts) for hour, amounts in enumerate(zip_longest(sales.today, sales.before))]
    return {
        "sales": sales, "chart": chart, "levels": levels, "hours": hours, "at": now,
        "orders_url": screens.orders_url(merchant, placed_from=f"{local:%Y-%m-%d}"),
    }  # fmt: skip
