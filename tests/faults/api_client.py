"""A partner's system that sets prices, sends again whatever broke, and writes down what it was told.

Run by the rig as a process of its own; it knows nothing of the server but its address.
"""

import json
import sys
import time
from http.client import HTTPConnection, HTTPException


def main(path: str, port: str, key: str, sku: str, first: str, number: str) -> None:
    with open(path, "a") as history:
        for price in range(int(first), int(first) + int(number)):
            told = until_answered(int(port), key, sku, price)
            history.write(json.dumps({"op": "price", "key": f"k-{price}", "minor": price} | told) + "\n")
            history.flush()


def until_answered(port: int, key: str, sku: str, price: int) -> dict:
    broken = 0
    while True:
        try:
            status, body = ask(port, key, sku, price)
        except (OSError, HTTPException):
            status, body, broken = 0, "", broken + 1
        if status and status not in (409, 500, 503):
            return {"status": status, "body": body, "broken": broken}
        time.sleep(0.05)


def ask(port: int, key: str, sku: str, price: int) -> tuple[int, str]:
    amount = {"amount": f"{price // 100}.{price % 100:02}", "currency": "EUR"}
    body = json.dumps({"sku": sku, "channel": "web-eur", "price": amount})
    headers = {
        "Authorization": f"Bearer {key}", "Content-Type": "application/json", "Idempotency-Key": f"k-{price}",
        "Host": "localhost",
    }  # fmt: skip
    link = HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        link.request("POST", "/api/v1/prices/", body, headers)
        answer = link.getresponse()
        return answer.status, answer.read().decode()
    finally:
        link.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
