"""The sample shops: what `prepare_demo` fills a fresh platform with. Nothing of it is anybody's data."""

SOURCE = "demo"  # the source of all its rows, by which they are found again
