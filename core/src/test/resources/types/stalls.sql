--liquibase formatted sql

--changeset types:stalls
CREATE TABLE stalls (
  id          INT AUTO_INCREMENT PRIMARY KEY,
  settings    JSON,
  tags        JSON,
  status      ENUM ('OPEN', 'CLOSED', 'BANNED') NOT NULL DEFAULT 'CLOSED',
  area        VARCHAR(20),
  day_price   DECIMAL(12, 2),
  opened      DATETIME(6),
  opens_at    TIME(6),
  token       BINARY(16),
  stars       TINYINT(1)
) COMMENT 'Columns that are types of the user''s.';
