--liquibase formatted sql

--changeset shop:users
CREATE TABLE users (
  id      INT AUTO_INCREMENT PRIMARY KEY,
  name    VARCHAR(50),
  age     INT,
  email   VARCHAR(255),
  version INT NOT NULL DEFAULT 0,
  CONSTRAINT uk_users_email UNIQUE (email)
);

--changeset shop:orders
CREATE TABLE orders (
  id      INT AUTO_INCREMENT PRIMARY KEY,
  user_id INT NOT NULL,
  note    VARCHAR(100) NOT NULL,
  CONSTRAINT fk_orders_user FOREIGN KEY (user_id) REFERENCES users (id)
);
