"""Tests of ledger.commands."""
