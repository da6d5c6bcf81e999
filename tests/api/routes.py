"""Every address of the API: what it is about (see `tests.api.conftest.things`), and what is sent to act on it."""

AT = "2025-03-03T12:00:00Z"
MONEY = {"amount": "9.90", "currency": "EUR"}
NEW = {
    "code": "N-1", "title": "Lamp", "category": "things", "channel": "web-eur", "price": MONEY,
    "variant": {"sku": "N-1"},
}  # fmt: skip
# by route: what it is about; per method what is sent (None for nothing) and what is answered
API = {
    "jobs": ("", {"GET": (None, 200)}),
    "job": ("job", {"GET": (None, 200)}),
    "job-stop": ("job", {"POST": (None, 200)}),
    "job-resumption": ("stopped", {"POST": (None, 200)}),
    "job-file": ("done", {"GET": (None, 200)}),
    "categories": ("", {"GET": (None, 200)}),
    "channels": ("", {"GET": (None, 200)}),
    "products": ("", {"GET": (None, 200), "POST": (NEW, 201)}),
    "products-deleted": ("", {"GET": (None, 200)}),
    "products-bulk": ("", {"POST": ({"items": [NEW]}, 200)}),
    "product-exports": ("", {"POST": (None, 202)}),
    "product": ("product", {"GET": (None, 200), "PATCH": ({"title": "Other"}, 200)}),
    "product-status": ("unlisted", {"POST": ({"status": "archived"}, 200)}),
    "product-variants": ("product", {"POST": ({"sku": "P-2", "specification": "Red"}, 201)}),
    "variants": ("", {"GET": (None, 200)}),
    "variant": ("variant", {"GET": (None, 200)}),
    "listings": ("", {"GET": (None, 200), "POST": ({"sku": "UNLISTED", "channel": "web-eur"}, 201)}),
    "listings-bulk": ("", {"POST": ({"items": [{"sku": "UNLISTED", "channel": "web-eur"}]}, 200)}),
    "listing-status": ("", {"POST": ({"sku": "LISTED", "channel": "web-eur", "status": "paused"}, 200)}),
    "prices": ("", {"GET": (None, 200), "POST": ({"sku": "LISTED", "channel": "web-eur", "price": MONEY}, 201)}),
    "prices-bulk": ("", {"POST": ({"items": [{"sku": "LISTED", "channel": "web-eur", "price": MONEY}]}, 200)}),
    "orders": ("", {"GET": (None, 200)}),
    "order-exports": ("", {"POST": (None, 202)}),
    "order": ("paid", {"GET": (None, 200)}),
    "order-cancellation": ("paid", {"POST": ({"reason": "out_of_stock"}, 200)}),
    "order-hand-over": ("paid", {"POST": ({"carrier": "DHL", "waybill": "1", "at": AT}, 200)}),
    "order-delivery": ("shipped", {"POST": ({"at": "2025-03-05T12:00:00Z"}, 200)}),
    "order-buyer-data": ("paid", {"POST": ({"reason": "delivery"}, 200)}),
    "order-payments": ("paid", {"GET": (None, 200)}),
    "shipments": ("", {"GET": (None, 200)}),
}
CATCHES_THE_REST = "nothing"

# each act that a page offers, and the route that does the same by the same scope
PAGES = {
    "desk:job-stop": "job-stop",
    "desk:job-resumption": "job-resumption",
    "catalog:product-export": "product-exports",
    "catalog:product-new": "products",
    "catalog:product-change": "product",
    "catalog:product-status": "product-status",
    "catalog:product-variants": "product-variants",
    "catalog:product-listings": "listings",
    "catalog:product-listing-status": "listing-status",
    "pricing:product-prices": "prices",
    "fulfillment:order-export": "order-exports",
    "fulfillment:order-cancellation": "order-cancellation",
    "fulfillment:order-hand-over": "order-hand-over",
    "fulfillment:order-delivery": "order-delivery",
    "fulfillment:order-buyer-data": "order-buyer-data",
}
PAGES_ALONE = {
    "accounts:member-new": "who works for a shop is for its people to say",
    "accounts:member-roles": "who works for a shop is for its people to say",
    "accounts:member-removal": "who works for a shop is for its people to say",
    "accounts:member-invitation": "who works for a shop is for its people to say",
    "accounts-keys:credential-new": "no key makes keys",
    "accounts-keys:credential-revocation": "no key ends keys",
    "desk:import-new": "files are brought in by a person, who looks at what becomes of each line",
    "desk:import-columns": "files are brought in by a person, who looks at what becomes of each line",
    "desk:import-taking-in": "files are brought in by a person, who looks at what becomes of each line",
    "desk:import-undoing": "files are brought in by a person, who looks at what becomes of each line",
    "desk:import-repair": "files are brought in by a person, who looks at what becomes of each line",
    "desk:work-assignment": "work is taken on by a person",
    "desk:work-closure": "work is closed by the person who did it",
    "desk:notification-reading": "is a person's own reading",
    "desk:notification-mail": "is a person's own wish for letters",
}
