"""What onboarding adds to the frame of every page."""

from config.kernel import clock
from merchants.onboarding import selectors


def closed(*, request) -> dict:
    """Why the shop sells nothing at the moment, if it does not."""
    merchant = request.merchant
    return {
        "suspension": selectors.open_suspension(merchant),
        "closed_until": selectors.closed_until(merchant, now=clock.now()),
    }
