"""Answering: what pages and files of the ledger's own are made with: addresses, words, headers."""
