import threading

import pytest

from catalog.errors import CodeTaken
from catalog.models import Product
from config.kernel import scope
from tests.catalog.test_products import create
from tests.factories.marketplace import usual_category, usual_channel

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])


def test_of_two_products_with_one_code_at_the_same_moment_one_is_refused(acme, now, in_thread):
    with scope.acting_for(acme):
        usual_category()
        usual_channel()
    start, refused = threading.Barrier(2), []

    def press(number):
        with scope.acting_for(acme):
            start.wait(10)
            try:
                create(now, sku=f"S-{number}")
            except CodeTaken:
                refused.append(number)

    for wait in [in_thread(lambda number=number: press(number)) for number in (1, 2)]:
        wait()
    assert len(refused) == 1
    with scope.acting_for(acme):
        assert Product.objects.count() == 1
