"""What things cost (chapter 4 of the standard). It answers "what does it cost?" and moves no money.

Aggregates: Price, a variant's price on a channel from a moment on. Facts: pricing.price.set.
"""
