"""Formats: every form in which the site gives out data: files, feeds, citations, linked data."""
