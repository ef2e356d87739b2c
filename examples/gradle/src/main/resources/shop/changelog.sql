--liquibase formatted sql

--changeset shop:users
CREATE TABLE users (
  id    INT AUTO_INCREMENT PRIMARY KEY,
  name  VARCHAR(50) NOT NULL,
  email VARCHAR(255),
  CONSTRAINT uk_users_email UNIQUE (email)
);
--rollback DROP TABLE users;

--changeset shop:orders
CREATE TABLE orders (
  id      INT AUTO_INCREMENT PRIMARY KEY,
  user_id INT NOT NULL,
  note    VARCHAR(100) NOT NULL,
  INDEX ix_orders_user (user_id),
  CONSTRAINT fk_orders_user FOREIGN KEY (user_id) REFERENCES users (id)
);
--rollback DROP TABLE orders;
