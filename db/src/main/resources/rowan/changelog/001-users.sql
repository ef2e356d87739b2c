--liquibase formatted sql

--changeset rowan:users
CREATE TABLE users (
  id   INT AUTO_INCREMENT PRIMARY KEY,
  name VARCHAR(50),
  age  INT
);
--rollback DROP TABLE users;
