"""What pricing can refuse."""

from config.kernel.errors import DomainError


class WrongCurrency(DomainError):
    code = "wrong_currency"


class NotAPrice(DomainError):
    code = "not_a_price"
    status = 422


class NewerPriceStands(DomainError):
    code = "newer_price_stands"
