--liquibase formatted sql

--changeset example:create
CREATE TABLE users (
  id INT AUTO_INCREMENT PRIMARY KEY
);

--changeset example:seed context:seed
INSERT INTO users (id) VALUES (7);
