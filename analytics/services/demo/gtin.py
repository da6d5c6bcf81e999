"""Barcodes from the range that every shop may use within its own walls."""


def in_store(*, shop: int, product: int, variant: int) -> str:
    """A GTIN-13 of the range 200 to 299, which is given to nobody."""
    digits = f"2{shop:02}{product:05}{variant:04}"
    return digits + check_digit(digits)


def check_digit(digits: str) -> str:
    """Of the twelve digits before it: weights 1 and 3 in turn, up to the next ten."""
    return str(-sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(digits)) % 10)
