--liquibase formatted sql

--changeset example:create
CREATE TABLE orders (
  id INT AUTO_INCREMENT PRIMARY KEY
);

--changeset example:seed context:seed
INSERT INTO orders (id) VALUES (7);
