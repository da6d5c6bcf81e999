"""What money does about its own facts."""

from datetime import datetime, timedelta

from config.kernel.actors import machine
from config.kernel.events import on
from merchants.desk.services import work_items
from merchants.money.events import StatementClosed
from merchants.money.selectors import statements

SYSTEM = machine("system")
TO_READ = "money.statement"
NEWS = timedelta(days=31)  # after the end of its month: older statements come of history that was taken over


@on(StatementClosed)
def have_them_read(facts: list[StatementClosed], *, now: datetime) -> None:
    for statement in statements.statements().filter(number__in=[fact.statement for fact in facts]).order_by("pk"):
        if statement.closed_at - statement.ends_at <= NEWS:
            work_items.open(
                kind=TO_READ, about=statement.about, params={"number": statement.number},
                link=statement.get_absolute_url(), by=SYSTEM, now=now,
            )  # fmt: skip
