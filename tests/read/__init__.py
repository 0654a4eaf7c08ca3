"""Tests of reading: from the files of a claims folder to the draft."""
