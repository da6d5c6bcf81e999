from merchants.desk.models.imports import ImportFinding, ImportRun

__all__ = ["ImportFinding", "ImportRun"]
