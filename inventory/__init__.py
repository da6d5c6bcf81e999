"""What lies in the warehouse, and what of it is promised (chapter 5 of the standard).

Aggregates: Warehouse (one default per merchant); StockLevel, a variant in a warehouse, with its StockMovements (the
ledger, which is only added to) and Reservations.
Of a level, on hand = reserved + damaged + available; what is announced to arrive is counted apart.
States: none moves; a reservation is open as long as something of it is neither shipped nor released.
Facts: inventory.stock.announced, .received, .adjusted, .returned, .alert_line_set; inventory.reservation.expired;
inventory.warehouse.opened. What is reserved, shipped or released for an order is told by the order's own facts.
"""
