-- Runs on H2 and on PostgreSQL.

-- Retention deletes the oldest first; an export goes on behind the last row that it read.
CREATE INDEX identification_created_id ON identification (created, id);
DROP INDEX identification_created;
CREATE INDEX feedback_created_id ON feedback (created, id);

-- SHA-256 of what whoever gave the feedback can take it back with, in hexadecimal digits.
ALTER TABLE feedback ADD COLUMN withdrawal_sha256 VARCHAR(64);
