--liquibase formatted sql
--changeset example:cats
CREATE TABLE cats (id INT PRIMARY KEY, age INT);
--rollback DROP TABLE cats;

--changeset example:drop context:after
ALTER TABLE cats DROP COLUMN age;
--rollback ALTER TABLE cats ADD COLUMN age INT;
