"""Whether there is a browser: without one, the other tests here are left out."""

from __future__ import annotations

import pytest

from tests.browser.opening import WITHOUT_CHROMIUM, find_chromium


def test_there_is_a_browser_to_read_the_site_with() -> None:
    if find_chromium() is None:
        pytest.skip(WITHOUT_CHROMIUM)
