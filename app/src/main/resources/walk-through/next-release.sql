--liquibase formatted sql

--changeset shop:add-phone
ALTER TABLE users ADD COLUMN phone VARCHAR(20);
--rollback ALTER TABLE users DROP COLUMN phone;

--changeset shop:find-by-name
CREATE INDEX ix_users_name ON users (name);
--rollback DROP INDEX ix_users_name ON users;

--changeset shop:wide-age
ALTER TABLE users MODIFY age BIGINT COMMENT 'In years.';
--rollback ALTER TABLE users MODIFY age INT COMMENT 'In years.';
