"""Read: from the files of a claims folder to the draft, with the place of every record."""

from ledger.read.folder import read_files, read_folder
from ledger.read.places import line_in

__all__ = ["line_in", "read_files", "read_folder"]
