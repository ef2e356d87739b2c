--liquibase formatted sql

--changeset example:cats
CREATE TABLE cats (id INT PRIMARY KEY, name VARCHAR(50));
--rollback DROP TABLE cats;

--changeset example:age
ALTER TABLE cats ADD age INT;
--rollback ALTER TABLE cats DROP COLUMN age;

--changeset example:wide
ALTER TABLE cats MODIFY id BIGINT;
--rollback ALTER TABLE cats MODIFY id INT NOT NULL;
