"""What catalog can refuse."""

from config.kernel.errors import DomainError


class CodeTaken(DomainError):
    code = "product_code_taken"


class SkuTaken(DomainError):
    code = "sku_taken"


class NotAPicture(DomainError):
    code = "not_a_picture"
    status = 422


class MediaFull(DomainError):
    code = "media_full"
    status = 507


class StillOnSale(DomainError):
    code = "still_on_sale"


class NotReady(DomainError):
    code = "product_not_ready"
