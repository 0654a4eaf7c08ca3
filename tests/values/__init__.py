"""Tests of what a value means and of how two of them compare."""
