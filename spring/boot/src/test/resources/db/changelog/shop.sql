--liquibase formatted sql

--changeset shop:users
CREATE TABLE users (
  id    INT AUTO_INCREMENT PRIMARY KEY,
  name  VARCHAR(50) NOT NULL,
  email VARCHAR(255),
  CONSTRAINT uk_users_email UNIQUE (email)
);

--changeset shop:orders
CREATE TABLE orders (
  id      INT AUTO_INCREMENT PRIMARY KEY,
  user_id INT NOT NULL,
  total   DECIMAL(10, 2) NOT NULL,
  address JSON,
  CONSTRAINT fk_orders_user FOREIGN KEY (user_id) REFERENCES users (id)
);

--changeset shop:names
CREATE VIEW names AS SELECT name FROM users;

--changeset shop:test-data context:test
INSERT INTO users (name) VALUES ('Ann');
