"""What is taken out of messages that others wrote, before anybody keeps them."""

import re

MAIL_ADDRESS = re.compile(r"[\w.+-]+@[\w-]+(\.[\w-]+)+")
PHONE = re.compile(r"(?<![\w.-])\+?\d{11,13}(?![\w.-])")
ROW_VALUES = re.compile(r"(DETAIL:|CONTEXT:|PARAMETERS:).*")  # PostgreSQL repeats the row which it refuses
LONGEST = 300  # characters kept of an error


def masked(text: str) -> str:
    return PHONE.sub("…", MAIL_ADDRESS.sub("…@…", ROW_VALUES.sub(r"\1 …", text)))


def told(error: BaseException) -> str:
    """What went wrong, to be kept beside the work that it ended: the kind of error, the first line of its message."""
    first = masked(str(error)).partition("\n")[0]
    return f"{type(error).__name__}: {first}"[:LONGEST] if first else type(error).__name__
