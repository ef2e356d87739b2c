--liquibase formatted sql

--changeset types:digests
CREATE TABLE digests (
  hash VARBINARY(32),
  part INT,
  word VARCHAR(20),
  PRIMARY KEY (hash, part)
) COMMENT 'Rows whose composite key holds bytes.';
