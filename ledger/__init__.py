"""A ledger of contested claims: from text files in git to a site that shows who contradicts whom.

The modules, each of which imports only modules above it:

    problems    what can be wrong in somebody's files
    words       the closed lists of words that fields may hold
    values      what a value means: quantities, dates, actors, places, choices
    refusals    what a record refuses, and how that is told
    records     the records that people write, as frozen models
    draft       everything that was read, before it is published
    read        from files to the draft
    check       what is wrong in a draft as a whole
    weigh       which claims cannot all be true, and who stands behind each
    database    the schema, filled from the draft and published in one step
    build       the whole way from files to database
    disputes    what a built database says of its disputes
    site        what the ledger adds to Datasette
    commands    the command line
"""
