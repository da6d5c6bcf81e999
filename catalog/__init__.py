"""What a merchant sells (chapter 3 of the standard).

Aggregates: Product with its Variants and ProductPicture; Listing, which puts a variant on a sales channel.
States: PRODUCT_FLOW (draft, ready, archived), LISTING_FLOW (live, paused, delisted).
Facts: catalog.product.created, .changed, .moved, .pictured; catalog.variant.added; catalog.listing.moved.
Asks above: ports.current_prices, ports.standing_prices, ports.new_prices (pricing).
"""
