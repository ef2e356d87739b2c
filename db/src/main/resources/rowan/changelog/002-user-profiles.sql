--liquibase formatted sql

-- Every column except id, name and age is nullable or has a default,
-- so that a program that knows only those three can still insert rows.

--changeset rowan:user-profiles
ALTER TABLE users
  COMMENT 'People who order, and those who approve their orders.',
  MODIFY name VARCHAR(50) COMMENT 'As the user wishes to be called.',
  MODIFY age INT COMMENT 'In years.',
  ADD email VARCHAR(255) COMMENT 'Where we write to; no two users share one.',
  ADD email_domain VARCHAR(255) GENERATED ALWAYS AS (SUBSTRING_INDEX(email, '@', -1)) STORED COMMENT 'The part of the email after the @.',
  ADD status ENUM ('ACTIVE', 'SUSPENDED', 'CLOSED') NOT NULL DEFAULT 'ACTIVE' COMMENT 'Only active users order.',
  ADD preferences JSON COMMENT 'What the user chose in the settings, as the front end wrote it.',
  ADD newsletter BOOLEAN NOT NULL DEFAULT FALSE COMMENT 'Whether the user asked for the newsletter.',
  ADD inviter_id INT COMMENT 'Who invited this user.',
  ADD version INT NOT NULL DEFAULT 0 COMMENT 'Counts the updates of the row: the optimistic lock.',
  ADD created_at DATETIME(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6) COMMENT 'In UTC.',
  ADD updated_at DATETIME(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6) ON UPDATE CURRENT_TIMESTAMP(6) COMMENT 'In UTC.',
  ADD CONSTRAINT uk_users_email UNIQUE (email),
  ADD CONSTRAINT ck_users_age CHECK (age BETWEEN 0 AND 150),
  ADD CONSTRAINT fk_users_inviter FOREIGN KEY (inviter_id) REFERENCES users (id);
--rollback ALTER TABLE users DROP FOREIGN KEY fk_users_inviter;
--rollback ALTER TABLE users DROP CONSTRAINT ck_users_age, DROP INDEX uk_users_email, DROP INDEX fk_users_inviter, DROP email_domain, DROP email, DROP status, DROP preferences, DROP newsletter, DROP inviter_id, DROP version, DROP created_at, DROP updated_at, MODIFY name VARCHAR(50), MODIFY age INT, COMMENT '';
