--liquibase formatted sql

--changeset ann:customers
CREATE TABLE customers (name VARCHAR(20) PRIMARY KEY);

--changeset ann:test-customers context:test
INSERT INTO customers VALUES ('${name}');
