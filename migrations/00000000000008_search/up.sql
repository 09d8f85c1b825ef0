-- Dossiers are found by the full-text index of each database, made beside the migrations; it is filled anew
-- at the next start.
DROP TABLE search_words;
DELETE FROM settings_kept WHERE name = 'search_words';
