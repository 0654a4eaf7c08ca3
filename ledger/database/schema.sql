-- The ledger's database. Every name here is a contract: researchers' queries depend on it.
-- The comment above a table and beside a column is its documentation; the site shows it.
-- Lists are JSON arrays. Dates as written are EDTF (ISO 8601-2); earliest and latest are the
-- days they mean, and an empty end is an open one.

-- Who publishes: newswires, newspapers, broadcasters, NGOs, agencies.
CREATE TABLE outlets (
    id TEXT PRIMARY KEY NOT NULL, -- the outlet's id in outlets.yaml
    name TEXT NOT NULL, -- its name
    kind TEXT, -- newswire, newspaper, broadcaster, NGO …
    country TEXT, -- where it is at home: the two letters of ISO 3166-1
    aliases TEXT NOT NULL, -- other names it is printed under, a JSON array
    part_of TEXT REFERENCES outlets(id), -- the outlet it is a programme or project of
    wikidata TEXT, -- its Wikidata id
    url TEXT -- its home page
) STRICT, WITHOUT ROWID;

-- Who makes claims, or is the answer to a question: people, armies, governments, groups.
CREATE TABLE actors (
    id TEXT PRIMARY KEY NOT NULL, -- the actor's id in actors.yaml
    name TEXT NOT NULL, -- its name
    kind TEXT, -- person, government, state force, armed group …
    country TEXT, -- the country it belongs to: the two letters of ISO 3166-1
    aliases TEXT NOT NULL, -- other names and spellings, a JSON array
    part_of TEXT REFERENCES actors(id), -- the actor it is part of: a brigade's army, an army's state
    independent INTEGER NOT NULL, -- 1: it speaks for itself though it is part of a whole
    wikidata TEXT -- its Wikidata id
) STRICT, WITHOUT ROWID;

-- Each actor with all that it is part of, and how far above it that is.
CREATE TABLE actor_tree (
    actor TEXT NOT NULL REFERENCES actors(id), -- the actor
    whole TEXT NOT NULL REFERENCES actors(id), -- the actor itself, or one that it is part of
    distance INTEGER NOT NULL, -- how many steps above it that is: 0 for itself
    PRIMARY KEY (actor, whole)
) STRICT, WITHOUT ROWID;

-- Countries that dossiers are about, from the places that carry a country's code.
CREATE TABLE countries (
    id TEXT PRIMARY KEY NOT NULL, -- the two letters of ISO 3166-1
    name TEXT NOT NULL -- the country's name in places.yaml
) STRICT, WITHOUT ROWID;

-- Where things happened.
CREATE TABLE places (
    id TEXT PRIMARY KEY NOT NULL, -- the place's id in places.yaml
    name TEXT NOT NULL, -- its name
    within TEXT REFERENCES places(id), -- the place it lies in
    country TEXT REFERENCES countries(id), -- the country it lies in
    latitude REAL, -- degrees north
    longitude REAL, -- degrees east
    precision TEXT, -- what the coordinates stand for: settlement, region, country …
    aliases TEXT NOT NULL, -- other names and spellings, a JSON array
    wikidata TEXT -- its Wikidata id
) STRICT, WITHOUT ROWID;

-- Each place with all that it lies in, and how far above it that is.
CREATE TABLE place_tree (
    place TEXT NOT NULL REFERENCES places(id), -- the place
    whole TEXT NOT NULL REFERENCES places(id), -- the place itself, or one that it lies in
    distance INTEGER NOT NULL, -- how many steps above it that is: 0 for itself
    PRIMARY KEY (place, whole)
) STRICT, WITHOUT ROWID;

-- Whatever claims were read in: pages, reports, tables, recordings; the texts themselves are not kept.
CREATE TABLE documents (
    id TEXT PRIMARY KEY NOT NULL, -- the document's id in documents.yaml
    title TEXT NOT NULL, -- its title
    outlet TEXT REFERENCES outlets(id), -- who published it
    voice TEXT REFERENCES actors(id), -- whose words it is where nobody else is named
    published TEXT, -- when it was published, EDTF
    url TEXT, -- where it can be read
    retrieved TEXT, -- when it was read there, EDTF
    archived TEXT, -- where a copy is archived
    language TEXT, -- the language it is in, a tag of BCP 47: en, pt-BR
    licence TEXT, -- the terms it can be used on
    extent TEXT, -- how much of it was read: whole or excerpt; empty: not told
    text_sha256 TEXT, -- the hash of the plain text that the paragraphs were counted in
    n_paragraphs INTEGER NOT NULL, -- how many paragraphs are listed
    n_claims INTEGER NOT NULL -- how many claims were read in it
) STRICT, WITHOUT ROWID;

-- The paragraphs of the documents and the outlets that each cites.
CREATE TABLE paragraphs (
    document TEXT NOT NULL REFERENCES documents(id), -- the document
    number INTEGER NOT NULL, -- counts the non-blank lines of the plain text, from 1
    outlets TEXT NOT NULL, -- the outlets cited there, repeats kept, a JSON array
    n_claims INTEGER NOT NULL, -- how many claims were read in it
    left_out TEXT, -- why none was, where an editor says so: a heading, a caption
    PRIMARY KEY (document, number)
) STRICT, WITHOUT ROWID;

-- Subjects: each is one file with its questions and claims.
CREATE TABLE dossiers (
    id TEXT PRIMARY KEY NOT NULL, -- the name of the dossier's file
    title TEXT NOT NULL, -- its title
    occurred TEXT, -- when its subject happened, EDTF
    earliest TEXT, -- the first day of that time
    latest TEXT, -- the last day of that time
    places TEXT NOT NULL, -- where it happened: ids of places, a JSON array
    countries TEXT NOT NULL, -- the countries of those places, a JSON array
    topics TEXT NOT NULL, -- its topics, a JSON array
    parties TEXT, -- who its subject is about: ids of actors, a JSON array; empty: whom its answers name
    n_questions INTEGER NOT NULL, -- how many questions it asks
    n_claims INTEGER NOT NULL, -- how many claims it holds
    file TEXT NOT NULL, -- the file's path in the claims folder
    line INTEGER NOT NULL -- the line it begins on
) STRICT, WITHOUT ROWID;

-- Where the subject of each dossier happened.
CREATE TABLE dossier_places (
    dossier TEXT NOT NULL REFERENCES dossiers(id), -- the dossier
    place TEXT NOT NULL REFERENCES places(id), -- one of its places
    PRIMARY KEY (dossier, place)
) STRICT, WITHOUT ROWID;

-- Who each dossier is about: those that it lists, or else whom its answers name.
CREATE TABLE dossier_parties (
    dossier TEXT NOT NULL REFERENCES dossiers(id), -- the dossier
    actor TEXT NOT NULL REFERENCES actors(id), -- one of the parties
    PRIMARY KEY (dossier, actor)
) STRICT, WITHOUT ROWID;

-- What several claims answer differently.
CREATE TABLE questions (
    id TEXT PRIMARY KEY NOT NULL, -- the question's id
    asks TEXT NOT NULL, -- the question in words
    answer TEXT NOT NULL, -- the kind of its answer: quantity, date, actor, place, choice, yes-no, text
    unit TEXT, -- the unit of a quantity
    about TEXT, -- what exactly is counted or meant
    options TEXT NOT NULL, -- the answers of a choice, which exclude each other, a JSON array
    dossier TEXT NOT NULL REFERENCES dossiers(id), -- the dossier that asks it
    part_of TEXT REFERENCES questions(id), -- the question whose quantity this one cannot exceed
    tolerance REAL NOT NULL, -- how far "about" reaches to both sides, as a fraction
    occurred TEXT, -- when what it asks for happened, EDTF; empty: when its dossier's subject did
    places TEXT, -- where: ids of places, a JSON array; empty: where its dossier's subject happened
    topics TEXT, -- its own topics, a JSON array; empty: its dossier's
    answers TEXT NOT NULL, -- one: different answers exclude each other; many: several may hold together
    ordered INTEGER NOT NULL, -- 1: the options of a choice are a scale, neighbours hardly exclude each other
    same_as TEXT REFERENCES questions(id), -- the same question asked elsewhere, weighed together with it
    weighed_as TEXT NOT NULL REFERENCES questions(id), -- the question whose positions its claims take: itself, or the one that same_as leads to
    summary TEXT, -- who says what, in an editor's one or two sentences
    labels TEXT NOT NULL, -- an editor's short names of positions, each by a claim that takes it, a JSON object
    state TEXT NOT NULL, -- disputed, contested elsewhere, agreed, single origin, origin not recorded, unanswered
    nature TEXT, -- of the gravest of its open conflicts: sides, retelling or itself; empty if there is none
    n_positions INTEGER NOT NULL, -- how many positions its claims take
    n_claims INTEGER NOT NULL, -- how many claims answer it
    n_conflicts INTEGER NOT NULL, -- how many pairs of them are in an open conflict, exactly
    n_conflicts_elsewhere INTEGER NOT NULL, -- how many open conflicts they are in with claims that do not answer it
    pairs TEXT NOT NULL, -- all: conflicts has every such pair; witnesses: some for each claim, and any declared or expected
    n_origins INTEGER, -- how many origins answer it; empty: nobody recorded any
    n_independent INTEGER, -- how many of them are independent: those of one whole count once
    n_outlets INTEGER NOT NULL, -- how many outlets are known to carry its claims
    n_outlets_nearby INTEGER NOT NULL, -- how many others stand at the paragraphs of its claims
    n_documents INTEGER NOT NULL, -- how many documents its claims were read in
    gap REAL, -- how far the two claims furthest apart are: in the unit, or in days
    spread REAL, -- for a quantity in dispute, the greatest lowest value divided by the least highest one, of claims that hold for one time
    support INTEGER NOT NULL, -- how many independent origins stand behind the second best supported position
    hinges TEXT NOT NULL, -- the origins without any one of which its state would change, a JSON array
    low REAL, -- the least that a claim says, for a quantity
    high REAL, -- the most that a claim says, for a quantity
    earliest TEXT, -- the earliest that a claim says, for a date
    latest TEXT, -- the latest that a claim says, for a date
    line INTEGER NOT NULL -- the line of its dossier's file that it begins on
) STRICT, WITHOUT ROWID;

-- Sets of claims on one question that can all be true together: as few as there can be, of up to 60 different values. A dismissed conflict parts none.
CREATE TABLE positions (
    id TEXT PRIMARY KEY NOT NULL, -- the question's id and that of the first of the claims that take it
    question TEXT NOT NULL REFERENCES questions(id), -- the question it answers
    number INTEGER NOT NULL, -- its number among the question's positions, from 1; 1 is called A
    label TEXT NOT NULL, -- what it says in a few words
    low REAL, -- the lower end of the range its claims share, for a quantity
    high REAL, -- the upper end of that range
    earliest TEXT, -- the first day its claims share, for a date
    latest TEXT, -- the last day they share
    n_claims INTEGER NOT NULL, -- how many claims take it
    n_origins INTEGER, -- how many origins stand behind it; empty: nobody recorded any
    n_independent INTEGER, -- how many of them are independent: those of one whole count once
    n_outlets INTEGER NOT NULL, -- how many outlets are known to carry it
    n_outlets_nearby INTEGER NOT NULL, -- how many others stand at the paragraphs of its claims
    n_documents INTEGER NOT NULL, -- how many documents its claims were read in
    interest TEXT -- self: everybody it goes back to is a party to the event; else empty
) STRICT, WITHOUT ROWID;

-- Checkable propositions, each with one value, linked to whoever made it and to what it contradicts.
CREATE TABLE claims (
    id TEXT PRIMARY KEY NOT NULL, -- the claim's id, never renamed
    text TEXT NOT NULL, -- the claim in our own words
    status TEXT NOT NULL, -- contested, corroborated, single origin, origin not recorded, superseded, retracted
    claimant TEXT REFERENCES actors(id), -- who makes the claim
    dossier TEXT REFERENCES dossiers(id), -- the dossier it stands in
    question TEXT REFERENCES questions(id), -- the question it answers
    position TEXT REFERENCES positions(id), -- the position it takes on that question
    value TEXT, -- its value as written
    kind TEXT, -- what kind of value: quantity, date, actor, place, choice, yes-no, text
    unit TEXT, -- the unit of a quantity
    low REAL, -- the least that the value can mean, for a quantity
    high REAL, -- the most that it can mean; empty: no upper end
    low_open INTEGER, -- 1: more than low, low itself excluded
    high_open INTEGER, -- 1: less than high, high itself excluded
    best REAL, -- the best estimate in a range, if one is told
    earliest TEXT, -- the first day that the value can mean, for a date
    latest TEXT, -- the last day that it can mean
    made TEXT, -- when the claim was made, EDTF, if known
    made_earliest TEXT, -- the first day that this can mean
    made_latest TEXT, -- the last day that it can mean
    as_of TEXT, -- the time the value holds for, EDTF
    as_of_earliest TEXT, -- the first day of that time
    as_of_latest TEXT, -- the last day of that time
    year INTEGER, -- the year it was made in; if unknown, that it holds for, its answer names or its dossier has; empty if these are several
    hedge TEXT, -- how the text hedges it: reportedly, allegedly …
    origins_unknown INTEGER NOT NULL, -- 1: nobody recorded whom it goes back to
    outlets TEXT NOT NULL, -- the outlets known to carry it, a JSON array of ids
    outlets_nearby TEXT NOT NULL, -- the outlets that only stand at its paragraphs, a JSON array of ids
    topics TEXT NOT NULL, -- its topics and its dossier's, a JSON array
    countries TEXT NOT NULL, -- the countries it concerns, a JSON array of ISO 3166-1 codes
    n_outlets INTEGER NOT NULL, -- how many outlets are known to carry it: cited for it, or whose document it was read in
    n_outlets_nearby INTEGER NOT NULL, -- how many others stand at its paragraphs
    n_origins INTEGER, -- how many claimants it goes back to; empty: nobody recorded any
    n_independent INTEGER, -- how many of them are independent: those of one whole count once
    n_documents INTEGER NOT NULL, -- how many documents it was read in
    n_conflicts INTEGER NOT NULL, -- how many claims it is in an open conflict with
    interest TEXT, -- self: everybody it goes back to is a party to the event; else empty
    turn TEXT NOT NULL UNIQUE, -- what sorts claims so that the most contested come first
    supersedes TEXT REFERENCES claims(id), -- the claimant's earlier word that this one replaces
    retracted_on TEXT, -- when it was withdrawn, EDTF
    retracted_because TEXT, -- why it was withdrawn
    quote TEXT, -- a few words as printed, where the words are in dispute
    note TEXT, -- what an editor adds
    file TEXT NOT NULL, -- the file it comes from, a path in the claims folder
    line INTEGER NOT NULL -- the line it begins on
) STRICT;

-- Every position that a claim fits: its own, and others that it can be true together with.
-- Where a question's pairs are witnesses only, no others are listed.
CREATE TABLE claim_positions (
    claim TEXT NOT NULL REFERENCES claims(id), -- the claim
    position TEXT NOT NULL REFERENCES positions(id), -- a position that it fits
    home INTEGER NOT NULL, -- 1: the position it is counted in
    PRIMARY KEY (claim, position)
) STRICT, WITHOUT ROWID;

-- Which claims a claim repeats or relays; such a claim is not an origin of its own.
CREATE TABLE claim_bases (
    claim TEXT NOT NULL REFERENCES claims(id), -- the claim that repeats
    basis TEXT NOT NULL REFERENCES claims(id), -- the claim that it repeats
    altered INTEGER NOT NULL, -- 1: it says otherwise, and so does not go back to it
    PRIMARY KEY (claim, basis)
) STRICT, WITHOUT ROWID;

-- Who says each claim of its own knowledge, once whoever repeats another is left out.
-- Where nobody recorded that, there is no row.
CREATE TABLE claim_origins (
    claim TEXT NOT NULL REFERENCES claims(id), -- the claim
    origin TEXT NOT NULL, -- an actor's id; `document ID`: it has no voice; `claim ID`: the unnamed who say that claim
    actor TEXT REFERENCES actors(id), -- the actor, if it is one
    document TEXT REFERENCES documents(id), -- the document, if it is one
    whole TEXT NOT NULL, -- what it counts under: origins of one whole count once
    PRIMARY KEY (claim, origin)
) STRICT, WITHOUT ROWID;

-- Who stands behind each position.
CREATE TABLE position_origins (
    position TEXT NOT NULL REFERENCES positions(id), -- the position
    origin TEXT NOT NULL, -- as in claim_origins
    actor TEXT REFERENCES actors(id), -- the actor, if it is one
    document TEXT REFERENCES documents(id), -- the document, if it is one
    whole TEXT NOT NULL, -- what it counts under: origins of one whole count once
    PRIMARY KEY (position, origin)
) STRICT, WITHOUT ROWID;

-- The origins without any one of which a question would stand otherwise.
CREATE TABLE question_hinges (
    question TEXT NOT NULL REFERENCES questions(id), -- the question
    origin TEXT NOT NULL, -- as in claim_origins, or the whole that several count under
    actor TEXT REFERENCES actors(id), -- the actor, if it is one
    document TEXT REFERENCES documents(id), -- the document, if it is one
    PRIMARY KEY (question, origin)
) STRICT, WITHOUT ROWID;

-- Each actor or place that the value of a claim names.
CREATE TABLE claim_answers (
    claim TEXT NOT NULL REFERENCES claims(id), -- the claim
    nth INTEGER NOT NULL, -- counts what its value names, from 0, by id
    actor TEXT REFERENCES actors(id), -- the actor, of a question that asks for actors
    place TEXT REFERENCES places(id), -- the place, of a question that asks for places
    manner TEXT NOT NULL, -- one; jointly with others; either this or another; not: excluded
    PRIMARY KEY (claim, nth)
) STRICT, WITHOUT ROWID;

-- Where each claim was read: one row for each place.
CREATE TABLE appearances (
    claim TEXT NOT NULL REFERENCES claims(id), -- the claim
    nth INTEGER NOT NULL, -- counts the places where the claim was found, from 0, as written
    document TEXT NOT NULL REFERENCES documents(id), -- the document it was read in
    paragraph INTEGER, -- the paragraph's number; empty: no paragraph is told
    locator TEXT, -- where else in the document: page=4, row=12, id=ISPT0036, t=0:31; empty: not told
    PRIMARY KEY (claim, nth),
    FOREIGN KEY (document, paragraph) REFERENCES paragraphs(document, number)
) STRICT, WITHOUT ROWID;

-- One outlet's report cited for a claim. An outlet printed twice stands twice: two reports, one outlet.
CREATE TABLE citations (
    claim TEXT NOT NULL REFERENCES claims(id), -- the claim
    nth INTEGER NOT NULL, -- counts the citations of the claim, from 0
    outlet TEXT NOT NULL REFERENCES outlets(id), -- the outlet cited
    document TEXT REFERENCES documents(id), -- the document that cites it
    paragraph INTEGER, -- the paragraph of that document; empty: no paragraph is told
    scope TEXT NOT NULL, -- claim: for this very claim; document: the outlet whose document it is; paragraph: for the paragraph only
    title TEXT, -- the title of the report
    url TEXT, -- where the report can be read
    published TEXT, -- when it was published, EDTF
    archived TEXT, -- where a copy is archived
    stance TEXT, -- supports, disputes or mentions the claim; empty for the outlets of a paragraph
    PRIMARY KEY (claim, nth),
    FOREIGN KEY (document, paragraph) REFERENCES paragraphs(document, number)
) STRICT, WITHOUT ROWID;

-- Pairs of claims that cannot both be true, or hardly; each pair once, claim_a before claim_b.
CREATE TABLE conflicts (
    claim_a TEXT NOT NULL REFERENCES claims(id), -- the first claim
    claim_b TEXT NOT NULL REFERENCES claims(id), -- the second claim
    question TEXT REFERENCES questions(id), -- the question both answer; empty if they answer two
    question_a TEXT REFERENCES questions(id), -- the question that the first answers
    question_b TEXT REFERENCES questions(id), -- the question that the second answers
    kind TEXT NOT NULL, -- the kind of the answers compared, or declared: there was nothing to compare
    strength TEXT NOT NULL, -- conflict: they cannot both be true; tension: they hardly can
    origin TEXT NOT NULL, -- declared by a person, detected from the values, or both
    state TEXT NOT NULL, -- open, or dismissed by an editor
    nature TEXT NOT NULL, -- sides: of different origins; retelling: one's word told differently; itself: one says both
    reason TEXT NOT NULL, -- why, in a sentence: the editor's if there is one
    explanation TEXT, -- what comparing the two values shows, in a sentence
    gap REAL, -- how far the two values are apart: in the unit, or in days
    PRIMARY KEY (claim_a, claim_b),
    CHECK (claim_a < claim_b)
) STRICT, WITHOUT ROWID;

-- Editors' reasoned, signed judgements on questions; they stand beside the claims.
CREATE TABLE findings (
    question TEXT PRIMARY KEY NOT NULL REFERENCES questions(id), -- the question
    says TEXT NOT NULL, -- the judgement
    signed_by TEXT NOT NULL, -- who signs it
    signed_on TEXT NOT NULL, -- when, EDTF
    because TEXT NOT NULL -- the reasons
) STRICT, WITHOUT ROWID;

-- The topics of each claim, for counting.
CREATE TABLE claim_topics (
    claim TEXT NOT NULL REFERENCES claims(id), -- the claim
    topic TEXT NOT NULL, -- one of its topics
    PRIMARY KEY (claim, topic)
) STRICT, WITHOUT ROWID;

-- The outlets that are known to carry each claim, for counting.
CREATE TABLE claim_outlets (
    claim TEXT NOT NULL REFERENCES claims(id), -- the claim
    outlet TEXT NOT NULL REFERENCES outlets(id), -- an outlet cited for it, or whose document it was read in
    PRIMARY KEY (claim, outlet)
) STRICT, WITHOUT ROWID;

-- The outlets that only stand at the paragraphs of each claim, for counting.
CREATE TABLE claim_outlets_nearby (
    claim TEXT NOT NULL REFERENCES claims(id), -- the claim
    outlet TEXT NOT NULL REFERENCES outlets(id), -- an outlet that is not known to carry it
    PRIMARY KEY (claim, outlet)
) STRICT, WITHOUT ROWID;

-- The countries of each claim, for counting.
CREATE TABLE claim_countries (
    claim TEXT NOT NULL REFERENCES claims(id), -- the claim
    country TEXT NOT NULL REFERENCES countries(id), -- one of its countries
    PRIMARY KEY (claim, country)
) STRICT, WITHOUT ROWID;

-- The topics of each question, its own or else its dossier's, for counting.
CREATE TABLE question_topics (
    question TEXT NOT NULL REFERENCES questions(id), -- the question
    topic TEXT NOT NULL, -- one of its topics
    PRIMARY KEY (question, topic)
) STRICT, WITHOUT ROWID;

-- The countries of each question, from its places or else its dossier's, for counting.
CREATE TABLE question_countries (
    question TEXT NOT NULL REFERENCES questions(id), -- the question
    country TEXT NOT NULL REFERENCES countries(id), -- one of its countries
    PRIMARY KEY (question, country)
) STRICT, WITHOUT ROWID;

-- The files that the database was built from.
CREATE TABLE files (
    path TEXT PRIMARY KEY NOT NULL, -- the file's path in the claims folder
    sha256 TEXT NOT NULL, -- the hash of its content
    n_claims INTEGER NOT NULL -- how many claims it holds
) STRICT, WITHOUT ROWID;

-- What people declare of pairs of claims, each claim's own word.
CREATE TABLE declarations (
    claim TEXT NOT NULL REFERENCES claims(id), -- the claim that declares it
    other TEXT NOT NULL REFERENCES claims(id), -- the claim that it speaks of
    key TEXT NOT NULL, -- conflicts, or compatible: an editor dismisses the conflict
    because TEXT NOT NULL, -- the reason
    strength TEXT, -- conflict or tension, if it is told
    PRIMARY KEY (claim, other, key)
) STRICT, WITHOUT ROWID;

-- What dossiers expect to come of weighing their claims.
CREATE TABLE expectations (
    file TEXT NOT NULL REFERENCES files(path), -- the dossier's file
    nth INTEGER NOT NULL, -- counts the expectations of the dossier, from 0
    text TEXT NOT NULL, -- what is expected
    line INTEGER NOT NULL, -- the line the dossier begins on
    PRIMARY KEY (file, nth)
) STRICT, WITHOUT ROWID;

-- What is worth a second look in the files and hinders nothing, as `ledger check` tells it.
CREATE TABLE remarks (
    file TEXT NOT NULL REFERENCES files(path), -- the file
    line INTEGER NOT NULL, -- the line
    code TEXT NOT NULL, -- what kind of remark it is
    what TEXT NOT NULL, -- what is worth a look
    remedy TEXT NOT NULL, -- what can be done
    question TEXT REFERENCES questions(id), -- the question whose claims it is about
    claim TEXT REFERENCES claims(id), -- or the claim, which answers none
    PRIMARY KEY (file, line, code, what)
) STRICT, WITHOUT ROWID;

-- What the registers' files were parsed to, so that a command need not parse them again.
CREATE TABLE parsed_registers (
    path TEXT PRIMARY KEY NOT NULL REFERENCES files(path), -- the register's file
    parsed TEXT NOT NULL -- its data and the line of each part of it, as JSON
) STRICT, WITHOUT ROWID;

-- What the claims of each outlet, actor and document come to, for their pages.
CREATE TABLE profiles (
    kind TEXT NOT NULL, -- outlet, actor or document
    id TEXT NOT NULL, -- its id
    facts TEXT NOT NULL, -- counts, the most contested claims and disputes, and who is opposed, as JSON
    PRIMARY KEY (kind, id)
) STRICT, WITHOUT ROWID;

-- This build: one row.
CREATE TABLE build (
    id INTEGER PRIMARY KEY NOT NULL CHECK (id = 1), -- always 1
    version TEXT NOT NULL, -- the version of claim-ledger that built it
    schema INTEGER NOT NULL, -- the version of this schema
    source_sha256 TEXT NOT NULL, -- the hash of the files it was built from: their paths and contents
    built TEXT, -- when, if SOURCE_DATE_EPOCH says so; else empty, so that the same files give the same bytes
    coding TEXT NOT NULL, -- the table of bounds of vague words: plural or acled
    newest TEXT, -- the latest day on which a claim, finding or cited report is dated
    n_files INTEGER NOT NULL, -- how many files were read
    n_dossiers INTEGER NOT NULL, -- how many dossiers
    n_questions INTEGER NOT NULL, -- how many questions
    n_disputes INTEGER NOT NULL, -- how many questions are in dispute, by their own claims or by claims elsewhere
    n_claims INTEGER NOT NULL, -- how many claims
    n_contested INTEGER NOT NULL, -- how many claims are contested
    n_conflicts INTEGER NOT NULL, -- how many pairs of claims are in an open conflict
    n_citations INTEGER NOT NULL, -- how many citations
    n_outlets INTEGER NOT NULL, -- how many outlets are in the register
    n_actors INTEGER NOT NULL, -- how many actors
    n_places INTEGER NOT NULL, -- how many places
    n_documents INTEGER NOT NULL -- how many documents
) STRICT, WITHOUT ROWID;

-- Claims in an open conflict, with their question.
CREATE VIEW contested_claims AS
SELECT
    c.id, -- the claim
    c.text, -- the claim in our own words
    c.claimant, -- who makes it
    a.name AS claimant_name, -- the claimant's name
    c.question, -- the question it answers
    q.asks, -- the question in words
    c.value, -- its value as written
    c.unit, -- the unit of a quantity
    c.n_conflicts, -- how many claims it conflicts with
    c.n_origins, -- how many claimants it goes back to; empty: nobody recorded any
    c.n_independent, -- how many of them are independent: those of one whole count once
    c.n_outlets, -- how many outlets are known to carry it
    c.n_outlets_nearby, -- how many others stand at its paragraphs
    c.n_documents, -- how many documents it was read in
    c.dossier -- the dossier it stands in
FROM claims c
LEFT JOIN actors a ON a.id = c.claimant
LEFT JOIN questions q ON q.id = c.question
WHERE c.status = 'contested';

-- Questions of whose claims some are in an open conflict, with each other or with claims elsewhere.
CREATE VIEW disputes AS
SELECT
    q.id, -- the question
    q.asks, -- the question in words
    q.answer, -- the kind of its answer
    q.unit, -- the unit of a quantity
    CASE
        WHEN EXISTS (SELECT 1 FROM findings f WHERE f.question = q.id) THEN 'finding given'
        WHEN EXISTS (
            SELECT 1 FROM conflicts k
            WHERE k.question_a = q.id AND k.state = 'open' AND k.strength = 'conflict'
        ) OR EXISTS (
            SELECT 1 FROM conflicts k
            WHERE k.question_b = q.id AND k.state = 'open' AND k.strength = 'conflict'
        ) OR q.n_conflicts + q.n_conflicts_elsewhere = 0 THEN 'conflict'
        ELSE 'tension only'
    END AS state, -- conflict, tension only, or finding given: an editor judged it
    q.state AS question_state, -- disputed, or contested elsewhere
    q.nature, -- sides, retelling or itself: of the gravest of its conflicts
    q.n_positions, -- how many positions its claims take
    q.n_claims, -- how many claims answer it
    q.n_conflicts, -- how many pairs of them are in an open conflict
    q.n_conflicts_elsewhere, -- how many open conflicts they are in with claims that do not answer it
    q.gap, -- how far the two claims furthest apart are: in the unit, or in days
    q.spread, -- for a quantity in dispute, the greatest lowest value divided by the least highest one, of claims that hold for one time
    q.support, -- how many independent origins stand behind the second best supported position
    q.hinges, -- the origins without any one of which it would be no dispute, a JSON array
    q.n_origins, -- how many origins answer it; empty: nobody recorded any
    q.n_independent, -- how many of them are independent: those of one whole count once
    q.n_outlets, -- how many outlets are known to carry its claims
    q.n_outlets_nearby, -- how many others stand at the paragraphs of its claims
    q.n_documents, -- how many documents its claims were read in
    q.low, -- the least that a claim says, for a quantity
    q.high, -- the most that a claim says, for a quantity
    q.earliest, -- the earliest that a claim says, for a date
    q.latest, -- the latest that a claim says, for a date
    q.dossier -- the dossier that asks it
FROM questions q
WHERE q.state IN ('disputed', 'contested elsewhere');

-- Every source of every claim: the outlet, where it was cited, and what was cited.
CREATE VIEW claim_sources AS
SELECT
    s.claim, -- the claim
    c.text, -- the claim in our own words
    c.claimant, -- who makes it
    s.outlet, -- the outlet cited
    o.name AS outlet_name, -- the outlet's name
    s.scope, -- claim, document or paragraph: only the first two are known to carry the claim
    s.stance, -- supports, disputes or mentions the claim; empty for the outlets of a paragraph
    s.document, -- the document that cites it
    s.paragraph, -- the paragraph of that document
    s.title, -- the title of the report
    s.url, -- where the report can be read
    s.published, -- when it was published, EDTF
    s.archived -- where a copy is archived
FROM citations s
JOIN claims c ON c.id = s.claim
JOIN outlets o ON o.id = s.outlet;

-- Each conflict from both ends: one row for each claim and each claim it conflicts with.
CREATE VIEW claim_conflicts AS
SELECT
    e.claim, -- the claim
    c.text, -- the claim in our own words
    e.other, -- the claim it conflicts with
    d.text AS other_text, -- that claim in our own words
    e.question, -- the question both answer; empty if they answer two
    e.own_question, -- the question that the claim answers
    e.other_question, -- the question that the other answers
    e.kind, -- the kind of the answers compared, or declared
    e.strength, -- conflict or tension
    e.origin, -- declared, detected or both
    e.state, -- open or dismissed
    e.nature, -- sides, retelling or itself
    e.reason, -- why, in a sentence: the editor's if there is one
    e.explanation, -- what comparing the two values shows, in a sentence
    e.gap -- how far the two values are apart
FROM (
    SELECT claim_a AS claim, claim_b AS other, question, question_a AS own_question,
        question_b AS other_question, kind, strength, origin, state, nature, reason, explanation, gap
    FROM conflicts
    UNION ALL
    SELECT claim_b, claim_a, question, question_b, question_a, kind, strength, origin, state,
        nature, reason, explanation, gap
    FROM conflicts
) e
JOIN claims c ON c.id = e.claim
JOIN claims d ON d.id = e.other;
