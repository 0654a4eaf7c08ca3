"""Serving: the database as a site that runs, who may come in, and what readers' SQL may have."""
