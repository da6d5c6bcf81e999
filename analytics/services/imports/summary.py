"""An import's report as lines of text."""

from collections.abc import Iterator

from config.kernel.money import Money

WORDS = {
    "rounding": "{orders:,} orders within {largest} of their value",
    "instalment_surcharge": "{orders:,} orders paid above their value, each in instalments (surcharge)",
    "paid_above": "{orders:,} orders paid above their value, without instalments",
    "paid_below": "{orders:,} orders paid below their value",
    "not_paid": "{orders:,} orders without a payment",
    "no_items": "{orders:,} groups without items",
    "net": "all lines of the files",
    "sales": "goods sold",
    "cancellations": "goods and charges taken back",
    "unmatched": "taken back, but of no known sale, or of the bookkeeping alone",
    "rejected": "rejected lines",
    "split_rounding": "cents that parts of lines differ by from the whole",
}
RULES = {
    "equal": "taken back from the latest sale with exactly so many left",
    "covers": "taken back from the latest sale with enough left",
    "spread": "taken back from several sales, the newest first",
    "no_customer": "of no known sale: no customer is named",
    "never": "of no known sale: never bought in these files",
    "other_price": "of no known sale: bought at another price only",
    "later": "of no known sale: bought only later",
    "used_up": "of no known sale: all that was bought earlier was taken back already",
}
COUNTS = ["read", "accepted", "normalised", "rejected", "unchanged"]
SUMS = ["source", "taken", "booked", "rejected", "unmatched", "rounding", "repeated", "difference"]


def lines(report: dict, *, currency: str) -> Iterator[str]:
    def money(minor: int) -> str:
        return f"{Money(minor, currency).amount:,.2f}"

    yield f"{'table':<14}" + "".join(f"{name:>12}" for name in COUNTS)
    for table, counts in report["tables"].items():
        yield f"{table:<14}" + "".join(f"{counts[name]:>12,}" for name in COUNTS)
    yield ""
    yield from _sums(report["money"], currency, money)
    yield ""
    for place, row in enumerate(report["identity"]):
        text = WORDS.get(row["code"], row["code"]).format(
            orders=row.get("orders", 0), largest=money(row.get("largest_minor", 0))
        )
        yield f"{['', '= ', '+ '][min(place, 2)]:>2}{money(row['amount_minor']):>18}  {text}"
    yield ""
    for row in report.get("matching", []):
        yield f"{row['goods']:>8,} + {row['charges']:<6,}{money(row['amount_minor']):>14}  {RULES[row['code']]}"
    if report.get("matching"):
        yield "(lines of goods + lines of charges, and what they come to)"
        yield ""
    if unsold := report["unsold_products"]:
        yield f"{unsold:,} products were sold by nobody here: a product is a seller's, so nothing became of them"
    yield "here by now: " + ", ".join(f"{number:,} {name}" for name, number in report["became"].items())


def _sums(table: list[dict], currency: str, money) -> Iterator[str]:
    names = [name for name in SUMS if any(f"{name}_minor" in row for row in table)]
    yield f"{currency:<20}" + "".join(f"{name:>16}" for name in names)
    for row in table:
        unreadable = f"  ({row['unreadable']:,} unreadable)" if row["unreadable"] else ""
        amounts = "".join(f"{money(row[f'{name}_minor']):>16}" for name in names)
        yield f"{row['table'] + ' ' + row['column']:<20}{amounts}{unreadable}"
    for row in table:
        if "exact" in row:
            yield f"{row['column']}, unrounded: {row['exact']} in the source, {row['here']} here"
