--liquibase formatted sql

--changeset shop:customers
CREATE TABLE customers (
  id     INT AUTO_INCREMENT PRIMARY KEY,
  name   VARCHAR(50) NOT NULL,
  mentor INT,
  upper_name VARCHAR(50) GENERATED ALWAYS AS (UPPER(name)) STORED,
  tagged DATETIME(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6) ON UPDATE CURRENT_TIMESTAMP(6),
  CONSTRAINT fk_customers_mentor FOREIGN KEY (mentor) REFERENCES customers (id),
  CONSTRAINT ck_customers_name CHECK (name <> '')
);

--changeset shop:basics
CREATE TABLE aisles (
  id      INT AUTO_INCREMENT PRIMARY KEY,
  name    VARCHAR(50) NOT NULL,
  keeper  INT,
  CONSTRAINT fk_aisles_keeper FOREIGN KEY (keeper) REFERENCES customers (id)
) AUTO_INCREMENT = 100;
INSERT INTO customers (id, name, mentor, tagged) VALUES (1, 'the house', NULL, '2020-01-01'), (2, 'the keeper', 1, '2020-01-02');
INSERT INTO aisles (name, keeper) VALUES ('{fruit}', 2), ('bread', 2);
DELETE FROM aisles WHERE name = 'bread';
SET @@SESSION.sql_mode = CONCAT(@@sql_mode, ',NO_AUTO_VALUE_ON_ZERO');
INSERT INTO aisles (id, name) VALUES (0, 'none');

--changeset shop:diary
CREATE TABLE diary (entry VARCHAR(100) NOT NULL);
CREATE TRIGGER aa_customers_in AFTER INSERT ON customers FOR EACH ROW INSERT INTO diary VALUES (CONCAT('+', NEW.name));
CREATE TRIGGER customers_out AFTER DELETE ON customers FOR EACH ROW INSERT INTO diary VALUES (CONCAT('-', OLD.name));

--changeset shop:functions
CREATE FUNCTION shout(word VARCHAR(50)) RETURNS VARCHAR(51) DETERMINISTIC RETURN CONCAT(word, '!');

--changeset shop:procedures splitStatements:false
CREATE PROCEDURE close_shop() BEGIN INSERT INTO diary VALUES ('closed'); COMMIT; END

--changeset shop:views
CREATE SQL SECURITY INVOKER VIEW late AS SELECT id, shout(name) AS name FROM customers;
CREATE SQL SECURITY INVOKER VIEW early AS SELECT COUNT(*) AS n FROM late;
