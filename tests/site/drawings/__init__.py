"""Tests of ledger.site.drawings."""
