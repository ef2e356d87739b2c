--liquibase formatted sql

--changeset shop:users
CREATE TABLE users (
  id          INT AUTO_INCREMENT PRIMARY KEY,
  name        VARCHAR(50) NOT NULL,
  email       VARCHAR(255) NOT NULL,
  order_count INT NOT NULL DEFAULT 0,
  version     INT NOT NULL DEFAULT 0,
  CONSTRAINT uk_users_email UNIQUE (email)
);

--changeset shop:orders
CREATE TABLE orders (
  id        INT AUTO_INCREMENT PRIMARY KEY,
  user_id   INT NOT NULL,
  item      VARCHAR(100) NOT NULL,
  quantity  INT NOT NULL,
  placed_at DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
  CONSTRAINT fk_orders_user FOREIGN KEY (user_id) REFERENCES users (id),
  CONSTRAINT ck_orders_quantity CHECK (quantity > 0)
);
