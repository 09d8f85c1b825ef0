-- The words are filled again at the next start of the version before.
DROP INDEX IF EXISTS dossiers_words;
DROP TABLE IF EXISTS dossier_words;
DELETE FROM settings_kept WHERE name = 'search_index';
CREATE TABLE search_words (
    word BYTEA NOT NULL,
    dossier_id TEXT NOT NULL REFERENCES dossiers (id),
    PRIMARY KEY (word, dossier_id)
);
