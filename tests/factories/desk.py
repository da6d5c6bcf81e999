from merchants.desk.models import ImportRun
from tests.factories.accounts import THEN


def make_import_run(**overrides) -> ImportRun:
    values = {"source": "olist", "label": "slice.zip", "started_by": "system", "started_at": THEN}
    return ImportRun.objects.create(**values | overrides)
