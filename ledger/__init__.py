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
    kept        what a built database keeps of the files, and which of them changed since
    changed_registers  what changes of the registers bear on
    due         what all those changes bear on
    renew       what is due, read and taken over, checked and weighed
    build       the whole way from files to database, or only what is due of it
    texts       documents' texts: numbered, the outlets they cite, and claims held against them
    edit        changes to the files that keep all the rest, or change nothing
    watching    when the files change, and what that changed in the ledger
    reports     what a built database says of one thing, of a list of things, of its disputes
    site        what the ledger adds to Datasette
    commands    the command line
"""

__version__ = "0.1.0"
