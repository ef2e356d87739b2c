--liquibase formatted sql

--changeset example:cats
CREATE TABLE cats (id INT AUTO_INCREMENT PRIMARY KEY, name VARCHAR(50) NOT NULL UNIQUE);
