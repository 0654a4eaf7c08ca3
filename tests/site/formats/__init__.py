"""Tests of ledger.site.formats."""
