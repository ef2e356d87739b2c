--liquibase formatted sql

--changeset rowan:users
CREATE TABLE users (
  id         INT AUTO_INCREMENT PRIMARY KEY,
  name       VARCHAR(50) NOT NULL,
  email      VARCHAR(100) NOT NULL,
  age        INT,
  city       VARCHAR(50),
  balance    DECIMAL(12, 2) NOT NULL DEFAULT 0.00,
  active     BOOLEAN NOT NULL DEFAULT TRUE,
  created_at DATETIME(6) NOT NULL,
  CONSTRAINT uk_users_email UNIQUE (email)
) COMMENT 'Read and written; reset between iterations.';
--rollback DROP TABLE users;

--changeset rowan:customers
CREATE TABLE customers (
  id   INT AUTO_INCREMENT PRIMARY KEY,
  name VARCHAR(50) NOT NULL,
  INDEX ix_customers_name (name, id)
) COMMENT 'Read by the pagination measures; never written.';
--rollback DROP TABLE customers;

--changeset rowan:orders
CREATE TABLE orders (
  id          INT AUTO_INCREMENT PRIMARY KEY,
  customer_id INT NOT NULL,
  product     VARCHAR(50) NOT NULL,
  quantity    INT NOT NULL,
  total       DECIMAL(12, 2) NOT NULL,
  CONSTRAINT fk_orders_customer FOREIGN KEY (customer_id) REFERENCES customers (id)
) COMMENT 'Ten for each of the first thousand customers; never written.';
--rollback DROP TABLE orders;
