"""Benchmarks: how long a build takes, beside the least that SQLite itself needs."""
