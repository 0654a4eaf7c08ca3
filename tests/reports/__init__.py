"""Tests of ledger.reports."""
