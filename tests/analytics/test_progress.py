from analytics.services.imports.progress import Progress


def test_rows_rate_and_time_left_are_said_every_few_seconds():
    said, clock = [], iter([0, 0, 1, 4, 4, 4, 5, 10])
    progress = Progress(said.append, lambda: next(clock))
    progress.start("orders", 1_000)
    progress.at(100, 100)  # a second later: too soon
    progress.at(200, 2_000)
    progress.at(300, 3_000)
    progress.end(10_000)
    assert said == ["orders: 2,000 rows, 500 a second, about 16 s left", "orders: 10,000 rows in 10.0 s"]
