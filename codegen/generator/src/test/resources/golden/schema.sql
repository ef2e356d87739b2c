--liquibase formatted sql

-- Each edge case of a schema. The sources that it yields are in the directory beside this file.

--changeset golden:types
CREATE TABLE types (
  id           BIGINT UNSIGNED AUTO_INCREMENT PRIMARY KEY,
  tiny         TINYINT UNSIGNED NOT NULL DEFAULT 7,
  small        SMALLINT UNSIGNED,
  medium       MEDIUMINT UNSIGNED ZEROFILL,
  flag         BOOLEAN NOT NULL DEFAULT TRUE,
  kind         ENUM ('plain', 'with space', 'it''s', 'a,b', 'class') NOT NULL DEFAULT 'it''s' COMMENT 'Quotes, commas, */ and a keyword.',
  tags         SET ('a', 'it''s', 'with space') DEFAULT 'a,it''s',
  price        DECIMAL(12, 3) NOT NULL DEFAULT 1.500,
  ratio        DOUBLE,
  share        FLOAT,
  place        POINT,
  bits         BIT(8),
  bit          BIT(1),
  made_in      YEAR,
  day          DATE DEFAULT '2020-02-29',
  at           TIME(3),
  moment       TIMESTAMP(3) NULL DEFAULT CURRENT_TIMESTAMP(3) ON UPDATE CURRENT_TIMESTAMP(3),
  since        DATETIME DEFAULT CURRENT_TIMESTAMP,
  payload      JSON,
  settings     JSON NOT NULL DEFAULT ('{}'),
  token        CHAR(36) NOT NULL DEFAULT (UUID()),
  uuid         BINARY(16),
  parent_uuid  BINARY(16),
  fingerprint  BINARY(16),
  code         BINARY(4) NOT NULL DEFAULT 'a',
  mark         VARBINARY(9) DEFAULT 'x',
  state        ENUM ('on', 'off') CHARACTER SET binary NOT NULL DEFAULT 'on',
  quoted       VARCHAR(50) DEFAULT 'it''s a "default"',
  word         VARCHAR(20) DEFAULT 'NULL',
  nothing      VARCHAR(20) NOT NULL DEFAULT '',
  body         MEDIUMTEXT,
  picture      LONGBLOB
) COMMENT 'Ends */ here, <b>bold</b> & more; @deprecated {@code in C:\\users, 100 %, [[x]], $1.';

--changeset golden:generated
CREATE TABLE parcels (
  id       INT AUTO_INCREMENT PRIMARY KEY,
  weight   INT NOT NULL,
  code     VARCHAR(20) NOT NULL,
  label    VARCHAR(40) GENERATED ALWAYS AS (CONCAT(code, '-', weight)) STORED UNIQUE,
  size     ENUM ('S', 'L') GENERATED ALWAYS AS (IF(weight > 10, 'L', 'S')) VIRTUAL,
  heavy    BOOLEAN GENERATED ALWAYS AS (weight > 10) VIRTUAL,
  VERSION  BIGINT UNSIGNED NOT NULL DEFAULT 0
);

--changeset golden:reserved-words
CREATE TABLE `class` (
  `default`   VARCHAR(20) NOT NULL,
  `new`       INT NOT NULL,
  hash_code   INT NOT NULL,
  `version`   VARCHAR(10) COMMENT 'Text, so not a lock.',
  PRIMARY KEY (`default`, `new`, hash_code),
  CONSTRAINT `uk-class` UNIQUE (`new`)
);
CREATE TABLE `table` (id INT PRIMARY KEY, `record` INT);
CREATE TABLE `row` (id INT PRIMARY KEY);
CREATE TABLE `database` (id INT PRIMARY KEY, `session` VARCHAR(20) UNIQUE);
CREATE TABLE `repository` (id INT PRIMARY KEY);
CREATE TABLE `optional` (id INT PRIMARY KEY, `object` VARCHAR(20) UNIQUE);
CREATE TABLE `declared` (id INT PRIMARY KEY, `list` INT);
CREATE TABLE `case` (id INT PRIMARY KEY);
CREATE TABLE `case-notes` (
  id      INT PRIMARY KEY,
  case_id INT NOT NULL,
  key_id  INT COMMENT 'A record has a method key() already.',
  FOREIGN KEY (case_id) REFERENCES `case` (id),
  FOREIGN KEY (key_id) REFERENCES `case` (id)
);

--changeset golden:types-as-names
CREATE TABLE time (id INT PRIMARY KEY);
CREATE TABLE `float` (id INT PRIMARY KEY, `timestamp` INT, `set` VARCHAR(10));

--changeset golden:keys
CREATE TABLE seats (
  hall_uuid BINARY(16) NOT NULL,
  row_no    SMALLINT UNSIGNED NOT NULL,
  seat_no   TINYINT NOT NULL,
  x         INT NOT NULL,
  y_and_z   INT NOT NULL,
  x_and_y   INT NOT NULL,
  z         INT NOT NULL,
  PRIMARY KEY (hall_uuid, seat_no, row_no),
  CONSTRAINT uk_seats_first UNIQUE (x, y_and_z),
  CONSTRAINT uk_seats_second UNIQUE (x_and_y, z),
  CONSTRAINT uk_seats_x UNIQUE (x),
  CONSTRAINT uk_seats_x_again UNIQUE (x)
) COMMENT 'A key whose columns are in another order than the table''s.';
CREATE TABLE bookings (
  id            INT AUTO_INCREMENT PRIMARY KEY,
  hall_uuid     BINARY(16),
  seat_no       TINYINT,
  row_no        SMALLINT UNSIGNED,
  moved_from_id INT,
  CONSTRAINT fk_bookings_seat FOREIGN KEY (hall_uuid, seat_no, row_no) REFERENCES seats (hall_uuid, seat_no, row_no) ON DELETE SET NULL,
  CONSTRAINT fk_bookings_moved_from FOREIGN KEY (moved_from_id) REFERENCES bookings (id) ON DELETE RESTRICT,
  INDEX ix_bookings_moved (moved_from_id, id DESC)
);
CREATE TABLE options (
  name  VARCHAR(50) NOT NULL UNIQUE,
  value JSON
) COMMENT 'No primary key.';

--changeset golden:many-to-many
CREATE TABLE booking_options (
  booking_id INT NOT NULL,
  parcel_id  INT NOT NULL,
  PRIMARY KEY (booking_id, parcel_id),
  FOREIGN KEY (booking_id) REFERENCES bookings (id) ON DELETE CASCADE ON UPDATE CASCADE,
  FOREIGN KEY (parcel_id) REFERENCES parcels (id)
);

--changeset golden:views
CREATE VIEW payloads AS SELECT types.id, types.payload AS content, parcels.label FROM types JOIN parcels ON parcels.id = types.id;
CREATE VIEW payloads_again AS SELECT content, label, id FROM payloads;
CREATE VIEW totals AS SELECT kind, COUNT(*) AS types, SUM(price) AS price FROM types GROUP BY kind;
CREATE VIEW tagged AS SELECT id, tags, at, bits, place FROM types;
