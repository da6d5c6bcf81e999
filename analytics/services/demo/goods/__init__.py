"""What the sample shops sell, by the address of the shop."""

from analytics.services.demo.goods import acme, beimu, linhai, rival
from analytics.services.demo.goods.good import Form, Good

GOODS: dict[str, list[Good]] = {
    "acme": acme.GOODS, "rival": rival.GOODS, "linhai": linhai.GOODS, "beimu": beimu.GOODS,
}  # fmt: skip

__all__ = ["GOODS", "Form", "Good"]
