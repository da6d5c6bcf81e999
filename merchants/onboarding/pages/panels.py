"""What onboarding adds to the frame of every page."""

from config.kernel import clock
from merchants.onboarding import selectors


def closed(*, request) -> dict:
    """Why the shop sells nothing at the moment, if it does not."""
    return {
        "suspension": selectors.open_suspension(request.merchant), "vacation": selectors.vacation_at(clock.now()),
    }  # fmt: skip
