--liquibase formatted sql

--changeset example:cats dbms:mysql
CREATE TABLE cats (id INT PRIMARY KEY, /*!80000 name VARCHAR(50) UNIQUE */);
