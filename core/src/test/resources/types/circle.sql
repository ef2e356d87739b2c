--liquibase formatted sql

-- Two tables that must refer to each other.

--changeset types:circle
CREATE TABLE stores (
  id         INT AUTO_INCREMENT PRIMARY KEY,
  manager_id INT NOT NULL
);
CREATE TABLE staff (
  id       INT AUTO_INCREMENT PRIMARY KEY,
  store_id INT NOT NULL,
  CONSTRAINT fk_staff_store FOREIGN KEY (store_id) REFERENCES stores (id)
);
ALTER TABLE stores ADD CONSTRAINT fk_stores_manager FOREIGN KEY (manager_id) REFERENCES staff (id);
