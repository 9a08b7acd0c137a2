-- A records file as the fourth version wrote it, of rows that came from the third: no tracks, no video, and nobody said
-- whether the markers stayed on.
BEGIN;
CREATE TABLE clients( id INTEGER PRIMARY KEY, code TEXT NOT NULL UNIQUE COLLATE NOCASE CHECK(length(code) BETWEEN 1 AND 64), name TEXT NOT NULL, birth_year INTEGER CHECK(birth_year BETWEEN 1880 AND 2200), sex TEXT CHECK(sex IN ('f','m')), height_cm REAL CHECK(height_cm BETWEEN 30 AND 300), notes TEXT NOT NULL, added_at TEXT NOT NULL, uid TEXT NOT NULL DEFAULT '');
CREATE TABLE visits( id INTEGER PRIMARY KEY, client INTEGER NOT NULL REFERENCES clients(id) ON DELETE CASCADE, day TEXT NOT NULL CHECK(length(day) = 10), pretest TEXT, cleared INTEGER NOT NULL DEFAULT 0 CHECK(cleared IN (0,1)), UNIQUE(client, day));
CREATE TABLE sessions( id INTEGER PRIMARY KEY, client INTEGER NOT NULL REFERENCES clients(id) ON DELETE CASCADE, day TEXT NOT NULL CHECK(length(day) = 10), open INTEGER NOT NULL CHECK(open IN (0,1)));
CREATE TABLE "results"( id INTEGER PRIMARY KEY AUTOINCREMENT, uid TEXT NOT NULL UNIQUE, visit INTEGER NOT NULL REFERENCES visits(id) ON DELETE CASCADE, session INTEGER REFERENCES sessions(id) ON DELETE SET NULL, saved_at TEXT NOT NULL, test TEXT NOT NULL, marker_set TEXT NOT NULL, side TEXT CHECK(side IN ('left','right','both')), treatment TEXT CHECK(treatment IN ('before','after')), pain INTEGER CHECK(pain BETWEEN 0 AND 10), program TEXT NOT NULL, input_name TEXT NOT NULL, input_sha256 TEXT CHECK(length(input_sha256) = 64), document_sha256 TEXT NOT NULL CHECK(length(document_sha256) = 64), settings TEXT NOT NULL, document TEXT NOT NULL);
CREATE INDEX sessions_of_client ON sessions(client);
CREATE UNIQUE INDEX clients_uid ON clients(uid);
CREATE INDEX results_of_visit ON results(visit);
CREATE INDEX results_of_session ON results(session);
INSERT INTO clients VALUES(1, 'zm-01', 'Zoë Müller', 1980, 'f', 171.0, 'stretches daily', '2024-01-01T08:00:00Z', '8ee2eb9989a391a082bab722e26e0d63');
INSERT INTO clients VALUES(2, '李', '李', NULL, NULL, NULL, '', '2024-01-02T08:00:00Z', '8f5fc771737355d93cd3b456093fc0c7');
INSERT INTO visits VALUES(1, 1, '2024-01-05', NULL, 0);
INSERT INTO visits VALUES(2, 1, '2024-02-05', NULL, 1);
INSERT INTO visits VALUES(3, 2, '2024-02-06', NULL, 0);
INSERT INTO sessions VALUES(1, 1, '2024-02-05', 0);
INSERT INTO results VALUES(1, '5ea2863f4dcdb86c47f889c25ccd6be9', 1, NULL, '2024-01-05T09:00:00Z', 'toe-touch', 'strip', NULL, NULL, NULL, '0.1.0', 'd2.mp4', NULL, hash(document(0)), '{"test":"toe-touch"}', document(0));
INSERT INTO results VALUES(4, '5b2d98020f0f37b58a90e3a7034a4957', 2, 1, '2024-02-05T09:00:00Z', 'toe-touch', 'strip', NULL, 'before', 6, '0.1.0', 'd2.mp4', NULL, hash(document(5)), '{}', document(5));
INSERT INTO results VALUES(5, '2170373c471eb2ccef0f83bcf46fbf0e', 3, NULL, '2024-02-06T09:00:00Z', 'toe-touch', 'strip', NULL, NULL, NULL, '0.1.0', 'd2.mp4', NULL, hash(document(7)), '{}', document(7));
PRAGMA application_id = 1396787017;
PRAGMA user_version = 4;
COMMIT;
