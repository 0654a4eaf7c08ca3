"""Tests of what is read from documents' texts. Every text in them is invented."""
