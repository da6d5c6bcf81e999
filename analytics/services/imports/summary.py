"""An import's report as lines of text."""

from collections.abc import Iterator

from config.kernel.money import Money

GAPS = {
    "rounding": "{orders:,} orders within {largest} of their value",
    "instalment_surcharge": "{orders:,} orders paid above their value, each in instalments (surcharge)",
    "paid_above": "{orders:,} orders paid above their value, without instalments",
    "paid_below": "{orders:,} orders paid below their value",
    "not_paid": "{orders:,} orders without a payment",
    "no_items": "{orders:,} groups without items",
}
COUNTS = ["read", "accepted", "normalised", "rejected", "unchanged"]


def lines(report: dict, *, currency: str) -> Iterator[str]:
    def money(minor: int) -> str:
        return f"{Money(minor, currency).amount:,.2f}"

    yield f"{'table':<14}" + "".join(f"{name:>12}" for name in COUNTS)
    for table, counts in report["tables"].items():
        yield f"{table:<14}" + "".join(f"{counts[name]:>12,}" for name in COUNTS)
    yield ""
    yield f"{currency:<18}" + "".join(
        f"{name:>16}" for name in ("source", "taken", "rejected", "repeated", "difference")
    )
    for row in report["money"]:
        amounts = (row[f"{name}_minor"] for name in ("source", "taken", "rejected", "repeated", "difference"))
        unreadable = f"  ({row['unreadable']:,} unreadable)" if row["unreadable"] else ""
        yield (
            f"{row['table'] + ' ' + row['column']:<18}" + "".join(f"{money(each):>16}" for each in amounts) + unreadable
        )
    yield ""
    for row in report["identity"]:
        sign = "" if row["code"] == "payments" else "= " if row["code"] == "items" else "+ "
        text = GAPS.get(row["code"], row["code"]).format(
            orders=row.get("orders", 0), largest=money(row.get("largest_minor", 0))
        )
        yield f"{sign:>2}{money(row['amount_minor']):>18}  {text}"
    yield ""
    if unsold := report["unsold_products"]:
        yield f"{unsold:,} products were sold by nobody here: a product is a seller's, so nothing became of them"
    yield "here by now: " + ", ".join(f"{number:,} {name}" for name, number in report["became"].items())
