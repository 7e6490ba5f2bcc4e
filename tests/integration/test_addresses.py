"""Numbers in addresses: none, however large, is more than a page that is not there."""

import pytest

from tests.programs import OWN, program

NUMBERS = ["0", "999999999", "2147483648", "9223372036854775808", "1" * 5000]
PAGES = ["/imports/{}", "/board/{}", f"/calls/{OWN}/{{}}", f"/requests/{OWN}/{{}}"]
READ = ["/imports/{}", "/imports/{}/refused", "/webhooks/{}", "/webhooks/{}/deliveries"]
DONE = ["/imports/{}/undo", "/webhooks/{}/try", "/webhooks/1/deliveries/{}/again", f"/companies/{OWN}/card/{{}}/undo"]


@pytest.mark.parametrize("number", NUMBERS, ids=len)
def test_a_number_that_no_row_has_is_no_page(small, number):
    assert {small.get(path.format(number)).status_code for path in PAGES} == {404}


@pytest.mark.parametrize("number", NUMBERS, ids=len)
def test_and_nothing_of_the_api(app, number):
    robot = program(app)
    assert {path: robot.get(path.format(number)).status_code for path in READ} == dict.fromkeys(READ, 404)
    done = {path: robot.post(path.format(number), json={}).status_code for path in DONE}
    assert done == dict.fromkeys(DONE, 404)
    assert robot.delete(f"/webhooks/{number}").status_code == 404
