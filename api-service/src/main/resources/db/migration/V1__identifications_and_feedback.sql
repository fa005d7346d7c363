-- Runs on H2 and on PostgreSQL.
CREATE TABLE identification (
  id UUID PRIMARY KEY,
  created TIMESTAMP WITH TIME ZONE NOT NULL,
  model_name VARCHAR(64) NOT NULL,
  model_version VARCHAR(64) NOT NULL,
  photos INTEGER NOT NULL,
  is_mushroom BOOLEAN NOT NULL,
  mushroom_probability DOUBLE PRECISION NOT NULL,
  answer_rank VARCHAR(16) NOT NULL,
  answer_label VARCHAR(64),
  answer_probability DOUBLE PRECISION NOT NULL,
  poison_flag VARCHAR(32) NOT NULL,
  deadly BOOLEAN NOT NULL,
  poison_probability DOUBLE PRECISION NOT NULL
);

CREATE INDEX identification_created ON identification (created);

CREATE TABLE feedback (
  id UUID PRIMARY KEY,
  identification_id UUID NOT NULL REFERENCES identification (id),
  created TIMESTAMP WITH TIME ZONE NOT NULL,
  verdict VARCHAR(8) NOT NULL,
  label VARCHAR(64),
  comment_text VARCHAR(2000),
  consent BOOLEAN NOT NULL,
  photos_kept INTEGER NOT NULL
);

CREATE INDEX feedback_identification ON feedback (identification_id);
