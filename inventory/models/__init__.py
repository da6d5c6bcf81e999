from inventory.models.reservations import Reservation
from inventory.models.stock import StockLevel, StockMovement
from inventory.models.warehouses import Warehouse

__all__ = ["Reservation", "StockLevel", "StockMovement", "Warehouse"]
