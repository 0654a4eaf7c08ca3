"""Read: from the files of a claims folder to the draft, with the place of every record."""

from ledger.read.folder import digest_of, read_folder
from ledger.read.places import line_in

__all__ = ["digest_of", "line_in", "read_folder"]
