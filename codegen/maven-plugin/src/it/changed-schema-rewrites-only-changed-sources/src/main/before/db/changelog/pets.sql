--liquibase formatted sql

--changeset example:pets
CREATE TABLE cats (id INT PRIMARY KEY);
CREATE TABLE dogs (id INT PRIMARY KEY);
