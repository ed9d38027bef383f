"""The site as a reader meets it, in a real browser."""

import pytest


@pytest.mark.parametrize("where", ["disk", "server"])
def test_the_landing_page_opens(page, where, request):
    page.goto(request.getfixturevalue(where) + "book/index.html")
    assert "MNIST" in page.title()
