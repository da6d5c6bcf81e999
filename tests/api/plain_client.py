"""A partner's system that runs a shop with nothing but Python and what `/api/docs/` says. It knows no code of ours.

`sell` makes a product, stocks it, sells, ships and gives half of the money back; `settle`, once the month is closed,
explains each cent of its statement.
"""

import csv
import io
import json
import sys
import uuid
from datetime import UTC, datetime
from http.client import HTTPConnection
from urllib.parse import urlsplit

CENTS = 100
CHANGE = 11  # the column of the spreadsheet that sums to the change of the balance


class Shop:
    def __init__(self, address: str, key: str):
        self.link, self.key = HTTPConnection(urlsplit(address).netloc, timeout=60), key

    def ask(self, method: str, path: str, body=None, *, expected: int, **headers):
        sent = None if body is None else json.dumps(body)
        headers |= {"Authorization": f"Bearer {self.key}", "Content-Type": "application/json"}
        if method == "POST":
            headers.setdefault("Idempotency-Key", str(uuid.uuid4()))
        self.link.request(method, f"/api/v1/{path}", sent, headers)
        answer = self.link.getresponse()
        said = answer.read().decode()
        if answer.status != expected:
            raise SystemExit(f"{method} {path}: {answer.status} {said}")
        return json.loads(said) if answer.headers["Content-Type"] == "application/json" else said

    def get(self, path: str):
        return self.ask("GET", path, expected=200)

    def post(self, path: str, body, *, expected: int = 201, **headers):
        return self.ask("POST", path, body, expected=expected, **headers)

    def all(self, path: str) -> list[dict]:
        rows, after = [], ""
        while after is not None:
            page = self.get(f"{path}?size=200&after={after}")
            rows, after = rows + page["data"], page["next"]
        return rows


def sell(shop: Shop) -> None:
    """Two of a product at 17.50 and freight of 4.99; half of that goes back."""
    category = shop.get("categories/?size=1")["data"][0]["code"]
    channel = shop.get("channels/?size=1")["data"][0]
    euro, name = channel["currency"], f"TENT-{uuid.uuid4().hex[:8]}"
    product = shop.post("products/", {
        "code": name, "title": "Tent for two", "category": category, "channel": channel["code"],
        "price": {"amount": "19.90", "currency": euro}, "variant": {"sku": name, "specification": "Green"},
    })  # fmt: skip
    shop.post("prices/", {"sku": name, "channel": channel["code"], "price": {"amount": "17.50", "currency": euro}})
    shop.post(f"products/{product['id']}/status/", {"status": "ready"}, expected=200)
    shop.post("listings/", {"sku": name, "channel": channel["code"]})
    stock = shop.post("stock/receipts/", {"sku": name, "quantity": 5}, expected=200)
    assert (stock["available"], stock["reserved"]) == (5, 0), stock

    order = {
        "number": f"P-{name}", "channel": channel["code"], "freight": {"amount": "4.99", "currency": euro},
        "buyer": {"reference": "C-1", "name": "Anna Meier"},
        "ship_to": {"street": "Lindenweg 1", "postcode": "10115", "city": "Berlin", "country": "DE"},
        "lines": [{"sku": name, "quantity": 2}],
    }  # fmt: skip
    key = {"Idempotency-Key": str(uuid.uuid4())}
    placed = shop.post("orders/", order, **key)
    assert shop.post("orders/", order, **key) == placed  # the connection broke, so it is sent again
    assert placed["total"] == {"amount": "39.99", "currency": euro}, placed
    path = f"orders/{placed['id']}/"
    paid = shop.post(f"{path}payments/", {"kind": "wallet", "reference": "W-1"})
    assert paid["amount"] == placed["total"], paid
    (row,) = shop.get(f"stock/?q={name}")["data"]
    assert (row["on_hand"], row["available"], row["reserved"]) == (5, 3, 2), row

    moment = datetime.now(UTC).isoformat()
    shop.post(f"{path}parcels/", {
        "carrier": "DHL", "waybill": "0034", "at": moment, "lines": [{"position": 1, "quantity": 2}],
    })  # fmt: skip
    shop.post(f"{path}delivery/", {"at": datetime.now(UTC).isoformat()}, expected=200)
    refund = shop.post(f"{path}refunds/", {
        "amount": {"amount": "20.00", "currency": euro}, "reason": "returned",
        "lines": [{"position": 1, "returned": 1}],
    })  # fmt: skip
    assert sum(minor(line["goods"]) + minor(line["freight"]) for line in refund["lines"]) == 2_000, refund
    (row,) = shop.get(f"stock/?q={name}")["data"]
    assert (row["on_hand"], row["available"], row["reserved"]) == (4, 4, 0), row
    ended = shop.get(path)
    assert (ended["status"], [line["returned"] for line in ended["lines"]]) == ("delivered", [1]), ended
    print(placed["id"])


def settle(shop: Shop, order: str) -> None:
    """Every line shows its arithmetic, the lines sum to the statement, and the order is explained to the cent."""
    statement = shop.all("statements/")[-1]
    entries = shop.all(f"statements/{statement['number']}/entries/")
    for entry in entries:
        assert minor(entry["gross"]) + minor(entry["fee"]) + minor(entry["tax"]) == minor(entry["net"]), entry
        for taken in entry["commissions"]:
            assert minor(taken["fee"]) == half_up(minor(taken["base"]) * taken["rate_ppm"]) or taken["bound"], taken
            assert minor(taken["tax"]) == half_up(minor(taken["fee"]) * taken["tax_ppm"]), taken
        if entry["kind"] == "sale":
            assert -minor(entry["fee"]) == sum(minor(taken["fee"]) for taken in entry["commissions"]), entry
        if entry["kind"] == "refund":
            assert minor(entry["fee"]) == sum(minor(back["fee"]) for back in entry["returns"]), entry
    moved = sum(minor(entry["net"]) for entry in entries)
    assert moved == minor(statement["closing"]) - minor(statement["opening"]), statement
    assert len(entries) == statement["entries"]
    _heading, *lines = csv.reader(io.StringIO(shop.get(f"statements/{statement['number']}/csv/").lstrip("\ufeff")))
    of_file = sum(minor({"amount": line[CHANGE]}) for line in lines)
    mine = [entry for entry in entries if entry["order"] == order]
    assert [entry["kind"] for entry in mine] == ["sale", "refund"], mine
    print(json.dumps({
        "moved": moved, "file": of_file, "gross": [minor(each["gross"]) for each in mine],
        "fee": [minor(each["fee"]) for each in mine], "net": [minor(each["net"]) for each in mine],
    }))  # fmt: skip


def minor(money: dict) -> int:
    """Of a currency with two decimals."""
    sign = -1 if money["amount"].startswith("-") else 1
    whole, _point, part = money["amount"].lstrip("-").partition(".")
    return sign * (int(whole) * CENTS + int(part or 0))


def half_up(millionths: int) -> int:
    return (2 * millionths + 1_000_000) // 2_000_000


if __name__ == "__main__":
    act, address, secret, *rest = sys.argv[1:]
    {"sell": sell, "settle": settle}[act](Shop(address, secret), *rest)
