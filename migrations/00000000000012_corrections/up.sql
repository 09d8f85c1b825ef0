-- A wrong moment of a dossier is put right by two people, like a change of rules.
CREATE TABLE new_proposals (
    id TEXT NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('procedures', 'calendar', 'time_rules', 'ladder', 'correction')),
    title TEXT NOT NULL,
    body TEXT NOT NULL,
    base TEXT NOT NULL, -- revision of the rules it was made against
    proposed_by TEXT NOT NULL,
    proposed_at TIMESTAMP NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'approved', 'refused', 'withdrawn')),
    decided_by TEXT NOT NULL,
    decided_at TIMESTAMP,
    note TEXT NOT NULL
);
INSERT INTO new_proposals SELECT * FROM proposals;
DROP TABLE proposals;
ALTER TABLE new_proposals RENAME TO proposals;
CREATE INDEX proposals_by_state ON proposals (state, proposed_at);
