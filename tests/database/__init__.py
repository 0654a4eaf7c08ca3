"""Tests of ledger.database."""
