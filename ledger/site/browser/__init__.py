"""Browser: Datasette's own pages of tables and queries, and what the ledger mends in them."""
