"""The ledger's own pages: what a reader sees who has never heard of a table.

Each module has one kind of page: a function that gathers its facts from a connection, and one
that answers a request. The data browser of Datasette stays beside them, and every page links
to the same rows there.
"""

from ledger.site.own.exports import renderers
from ledger.site.own.machines import MACHINE_FILTERS
from ledger.site.own.marks import MARKS
from ledger.site.own.routes import routes
from ledger.site.own.words import FILTERS

__all__ = ["FILTERS", "MACHINE_FILTERS", "MARKS", "renderers", "routes"]
