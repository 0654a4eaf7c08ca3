"""Pages: the ledger's own, each with the facts that it shows; what a reader sees first."""
