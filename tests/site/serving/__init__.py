"""Tests of ledger.site.serving."""
