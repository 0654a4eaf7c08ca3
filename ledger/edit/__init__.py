"""Edit: changes to the files of a claims folder that keep all the rest as it is, or change nothing.

Comments, order and layout survive; two commands at once lose nothing, nor what an editor saves
meanwhile; a file holds its old content or its new content, whatever happens.
"""

from ledger.edit.editing import CLAIM_KEYS, QUESTION_KEYS, Editing, EditRefusedError, editing
from ledger.edit.effect import Effect
from ledger.edit.safe_write import ChangedMeanwhileError

__all__ = [
    "CLAIM_KEYS",
    "QUESTION_KEYS",
    "ChangedMeanwhileError",
    "EditRefusedError",
    "Editing",
    "Effect",
    "editing",
]
