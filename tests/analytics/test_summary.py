from analytics.services.imports import summary


def test_a_report_reads_as_tables_and_an_identity():
    report = {
        "tables": {"items": {"read": 1200, "accepted": 1100, "normalised": 60, "rejected": 40, "unchanged": 0}},
        "money": [
            {"table": "items", "column": "price", "source_minor": 1234567, "taken_minor": 1234000,
             "rejected_minor": 567, "repeated_minor": 0, "unreadable": 2, "difference_minor": 0},
        ],
        "identity": [
            {"code": "payments", "amount_minor": 1234433},
            {"code": "items", "amount_minor": 1234000},
            {"code": "instalment_surcharge", "amount_minor": 440, "orders": 2, "largest_minor": 300},
            {"code": "rounding", "amount_minor": -7, "orders": 20, "largest_minor": 3},
        ],
        "unsold_products": 7,
        "became": {"merchants": 1610, "orders": 7433},
    }  # fmt: skip
    assert list(summary.lines(report, currency="BRL")) == [
        "table                 read    accepted  normalised    rejected   unchanged",
        "items                1,200       1,100          60          40           0",
        "",
        "BRL                           source           taken        rejected        repeated      difference",
        "items price                12,345.67       12,340.00            5.67            0.00            0.00"
        "  (2 unreadable)",
        "",
        "           12,344.33  payments",
        "=          12,340.00  items",
        "+               4.40  2 orders paid above their value, each in instalments (surcharge)",
        "+              -0.07  20 orders within 0.03 of their value",
        "",
        "7 products were sold by nobody here: a product is a seller's, so nothing became of them",
        "here by now: 1,610 merchants, 7,433 orders",
    ]
