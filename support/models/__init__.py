from support.models.reviews import ProductReview

__all__ = ["ProductReview"]
