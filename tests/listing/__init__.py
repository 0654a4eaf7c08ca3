"""Tests of ledger.listing."""
