"""Orders and all that moves goods or a buyer's money (chapter 6 of the standard).

Aggregates: OrderGroup (what a buyer sent, global), Order with lines and Cancellation, Payment (the platform's) with
PaymentParts (the merchants'), Shipment.
States: ORDER_FLOW. Facts: fulfillment.order.placed, .paid, .shipped, .delivered, .cancelled, .buyer_data_revealed.
"""
