from textwrap import dedent

import pytest


@pytest.fixture
def plant(tmp_path):
    """Write faulty modules into an empty project: `plant(**{"catalog/tasks.py": "…"})`. Returns its root."""

    def written(files: dict[str, str]):
        for name, text in files.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(dedent(text))
        return tmp_path

    return written
