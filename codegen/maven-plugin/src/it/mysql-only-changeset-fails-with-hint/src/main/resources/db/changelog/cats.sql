--liquibase formatted sql

--changeset example:cats
CREATE TABLE cats (id INT PRIMARY KEY, name VARCHAR(50), INDEX ix_cats_name ((LOWER(name))));
