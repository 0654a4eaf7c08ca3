"""Tests of ledger.showing."""
