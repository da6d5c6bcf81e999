"""The marketplaces whose history can be taken over, by the names that commands and jobs give them."""

from analytics.services.imports.engine import MarketplaceImport
from analytics.services.imports.olist.importing import OlistImport
from analytics.services.imports.retail.importing import RetailImport

SOURCES: dict[str, type[MarketplaceImport]] = {kind.source: kind for kind in (OlistImport, RetailImport)}
