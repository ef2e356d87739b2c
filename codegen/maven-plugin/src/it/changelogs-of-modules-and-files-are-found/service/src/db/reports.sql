--liquibase formatted sql

--changeset example:reports context:test
CREATE TABLE reports_${suffix} (id INT PRIMARY KEY);
