"""What the sample shops sell, by the address of the shop."""

from analytics.services.demo.goods import acme, beimu, collections, doudou, inkwell, linhai, rival
from analytics.services.demo.goods.good import Form, Good

GOODS: dict[str, list[Good]] = {
    "acme": acme.GOODS + collections.ACME, "rival": rival.GOODS + collections.RIVAL,
    "linhai": linhai.GOODS + collections.LINHAI, "beimu": beimu.GOODS + collections.BEIMU,
    "inkwell": inkwell.GOODS, "doudou": doudou.GOODS,
}  # fmt: skip

__all__ = ["GOODS", "Form", "Good"]
