--liquibase formatted sql

--changeset example:dogs
CREATE TABLE ${cats.table} (id INT PRIMARY KEY);

--changeset example:later context:test
CREATE TABLE later (id INT PRIMARY KEY);
