-- What reports read of finished files, by agency and the day on which they ended. All of it follows from the
-- files: a day that is missing is read from them, and whatever touches a finished file takes its day away.
CREATE TABLE day_facts (
    agency_id TEXT NOT NULL REFERENCES agencies (id),
    day DATE NOT NULL,
    -- how long they took, by powers of two of days: a report on the past leaves out what came after it
    span INTEGER NOT NULL,
    -- the first receipt among them
    earliest TIMESTAMP NOT NULL,
    files TEXT NOT NULL,
    PRIMARY KEY (agency_id, day, span)
);
