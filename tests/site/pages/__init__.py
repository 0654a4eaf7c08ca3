"""Tests of ledger.site.pages."""
