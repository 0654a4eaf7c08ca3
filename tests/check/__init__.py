"""Tests of the checks: what is wrong in a draft as a whole."""
