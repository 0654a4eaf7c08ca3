"""Tests of ledger.site.answering."""
