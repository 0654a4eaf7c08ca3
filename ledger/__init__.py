"""A ledger of contested claims: from text files in git to a site that shows who contradicts whom.

The modules, each of which imports only modules above it:

    acyclic     work that makes nothing which refers back to itself
    problems    what can be wrong in somebody's files
    words       the closed lists of words that fields may hold
    things      every kind of thing that has an id, its words, its table, what names it
    likeness    which of some candidates a text was probably meant to be
    text        from a file's bytes to text that is safe to show
    files       which files belong to a claims folder, and what their content hashes to
    values      what a value means: quantities, dates, actors, places, choices
    refusals    what a record refuses, and how that is told
    records     the records that people write, as frozen models
    schemas     the records as JSON Schema, for editors and other programs
    starter     the files that a new ledger begins with
    draft       everything that was read, before it is published
    read        from files to the draft
    check       what is wrong in a draft as a whole
    weigh       which claims cannot all be true, and who stands behind each
    database    the schema, filled from the draft and published in one step
    currency    whether a database tells of the files as they are now, and was made from them
    build       the whole way from files to database
    texts       documents' texts: numbered, the outlets they cite, and claims held against them
    index       where everything stands, as a built database has it
    nearby      the part of a ledger that some ids need, read from the files without the rest
    changed_registers  what changes of the registers bear on
    affected    the claims and questions that changes of files bear on
    overlay     what a built database still has, laid beside what was weighed anew
    standing    a database that is right for some ids, without a whole build
    edit        changes to the files that keep all the rest, or change nothing
    watching    when the files change, and what that changed in the ledger
    reports     what a built database says of one thing, of a list of things, of its disputes
    site        what the ledger adds to Datasette
    commands    the command line
"""

__version__ = "0.1.0"
