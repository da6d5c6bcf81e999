"""Two shops with a variant to price and a key each; run by the rig as `python -m tests.faults.api_shops`."""

import json
import sys

import django

django.setup()

from config.kernel import scope  # noqa: E402
from tests.factories.accounts import make_credential, make_merchant  # noqa: E402
from tests.factories.catalog import make_product  # noqa: E402


def main(path: str) -> None:
    shops = []
    for slug in ("acme", "rival"):
        merchant = make_merchant(slug=slug)
        with scope.acting_for(merchant):
            make_product(sku=f"{slug}-1", price=None)
            _credential, key = make_credential("prices:write")
        shops.append({"slug": slug, "sku": f"{slug}-1", "key": key})
    with open(path, "w") as file:
        json.dump(shops, file)


if __name__ == "__main__":
    main(*sys.argv[1:])
