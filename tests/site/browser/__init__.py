"""Tests of ledger.site.browser."""
