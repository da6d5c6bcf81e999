"""Serving buyers (chapter 7 of the standard).

Aggregates: ProductReview. Facts: support.review.received.
"""
