"""Tests of changes to the files: whatever is changed, all the rest stays as it was."""
