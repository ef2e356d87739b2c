--liquibase formatted sql

--changeset example:cats
CREATE TABLE cats (id INT PRIMARY KEY, name VARCHARR(50));
