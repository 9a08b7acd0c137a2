-- A records file as the first version wrote it. document(N) stands for a result document.
BEGIN;
CREATE TABLE clients( id INTEGER PRIMARY KEY, code TEXT NOT NULL UNIQUE COLLATE NOCASE CHECK(length(code) BETWEEN 1 AND 64), name TEXT NOT NULL, birth_year INTEGER CHECK(birth_year BETWEEN 1880 AND 2200), sex TEXT CHECK(sex IN ('f','m')), height_cm REAL CHECK(height_cm BETWEEN 30 AND 300), notes TEXT NOT NULL, added_at TEXT NOT NULL);
CREATE TABLE visits( id INTEGER PRIMARY KEY, client INTEGER NOT NULL REFERENCES clients(id) ON DELETE CASCADE, day TEXT NOT NULL CHECK(length(day) = 10), UNIQUE(client, day));
CREATE TABLE results( id INTEGER PRIMARY KEY AUTOINCREMENT, visit INTEGER NOT NULL REFERENCES visits(id) ON DELETE CASCADE, saved_at TEXT NOT NULL, program TEXT NOT NULL, settings TEXT NOT NULL, document TEXT NOT NULL);
CREATE INDEX results_of_visit ON results(visit);
INSERT INTO clients VALUES(1, 'zm-01', 'Zoë Müller', 1980, 'f', 171.0, 'stretches daily', '2024-01-01T08:00:00Z');
INSERT INTO clients VALUES(2, '李', '李', NULL, NULL, NULL, '', '2024-01-02T08:00:00Z');
INSERT INTO visits VALUES(1, 1, '2024-01-05');
INSERT INTO visits VALUES(2, 1, '2024-02-05');
INSERT INTO visits VALUES(3, 2, '2024-02-06');
INSERT INTO results VALUES(1, 1, '2024-01-05T09:00:00Z', '0.1.0', '{"test":"toe-touch"}', document(0));
INSERT INTO results VALUES(4, 2, '2024-02-05T09:00:00Z', '0.1.0', '{}', document(5));
INSERT INTO results VALUES(5, 3, '2024-02-06T09:00:00Z', '0.1.0', '{}', document(7));
PRAGMA application_id = 1396787017;
PRAGMA user_version = 1;
COMMIT;
