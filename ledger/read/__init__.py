"""Read: from the files of a claims folder to the draft, with the place of every record."""

from ledger.read.folder import Part, read_folder, read_part
from ledger.read.places import line_in

__all__ = ["Part", "line_in", "read_folder", "read_part"]
