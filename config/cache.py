"""How the cache writes values down: as JSON, so that whoever can write to the cache cannot make us run code."""

import json


class JSONSerializer:
    """Refuses what JSON cannot say; a tuple comes back as a list."""

    def dumps(self, value):
        if type(value) is int:
            return value  # Redis itself counts it up, in `incr`
        return json.dumps(value, separators=(",", ":"), allow_nan=False).encode()

    def loads(self, stored: bytes):
        return json.loads(stored)
