-- What a column, a key and a table can be on both servers. Each statement ends with a semicolon at the end of a line.
CREATE TABLE users (id INT AUTO_INCREMENT PRIMARY KEY, email VARCHAR(255) UNIQUE);

CREATE TABLE types (
  id BIGINT UNSIGNED AUTO_INCREMENT PRIMARY KEY,
  tiny TINYINT, tiny_unsigned TINYINT UNSIGNED, small SMALLINT, small_unsigned SMALLINT UNSIGNED,
  medium MEDIUMINT, medium_unsigned MEDIUMINT UNSIGNED, whole INT, whole_unsigned INT UNSIGNED, zeros INT UNSIGNED ZEROFILL,
  big BIGINT, big_unsigned BIGINT UNSIGNED, flag BOOLEAN, flag_unsigned TINYINT(1) UNSIGNED,
  decimals DECIMAL(65, 30), digits DECIMAL(10), money DECIMAL(12, 2) UNSIGNED, numbers NUMERIC(5, 2),
  narrow FLOAT, narrow_digits FLOAT(7, 3), wide DOUBLE, wide_unsigned DOUBLE UNSIGNED, wide_real REAL,
  bit_one BIT(1), bit_few BIT(12), bit_most BIT(64),
  day DATE, time_whole TIME, time_micros TIME(6), moment DATETIME, moment_micros DATETIME(6),
  stamp TIMESTAMP NULL, stamp_millis TIMESTAMP(3) NULL, made_in YEAR,
  code CHAR(10), word VARCHAR(100), tiny_text TINYTEXT, plain_text TEXT, sized_text TEXT(70000), medium_text MEDIUMTEXT,
  long_text LONGTEXT, national_char NATIONAL CHAR(5), national_word NATIONAL VARCHAR(9),
  bytes_fixed BINARY(4), bytes_varying VARBINARY(300), bytes_char CHAR(4) BYTE, uuid BINARY(16),
  tiny_blob TINYBLOB, plain_blob BLOB, medium_blob MEDIUMBLOB, long_blob LONGBLOB,
  kind ENUM ('plain', 'with space', 'it''s', 'a,b', 'É'), kind_latin ENUM ('a', 'b') CHARACTER SET latin1,
  kind_bytes ENUM ('on', 'off') CHARACTER SET binary, marks SET ('plain', 'with space', 'É'),
  marks_bytes SET ('x', 'y') CHARACTER SET binary, document JSON,
  shape GEOMETRY, place POINT, route LINESTRING, area POLYGON, places MULTIPOINT, routes MULTILINESTRING,
  areas MULTIPOLYGON, shapes GEOMETRYCOLLECTION
) COMMENT 'A column of each type.';

CREATE TABLE character_sets (
  id INT PRIMARY KEY, a VARCHAR(9) CHARACTER SET latin1, b VARCHAR(9) CHARACTER SET utf8mb3,
  c VARCHAR(9) CHARACTER SET ascii, d VARCHAR(9) CHARACTER SET ucs2, e VARCHAR(9) CHARACTER SET utf16,
  f VARCHAR(9) CHARACTER SET utf32, g VARCHAR(9) CHARACTER SET sjis, h VARCHAR(9) CHARACTER SET gbk,
  i VARCHAR(9) COLLATE utf8mb4_bin, j VARCHAR(9) COLLATE utf8mb4_general_ci, k VARCHAR(9) COLLATE utf8mb4_unicode_520_ci,
  l VARCHAR(9) CHARACTER SET binary, m TEXT CHARACTER SET latin1 COLLATE latin1_bin, n CHAR(3) CHARACTER SET koi8r,
  o VARCHAR(9) CHARACTER SET cp1251 COLLATE cp1251_general_cs
) DEFAULT CHARSET = latin1;

CREATE TABLE default_values (
  id INT AUTO_INCREMENT PRIMARY KEY, a INT NOT NULL DEFAULT -7, b DECIMAL(9, 3) NOT NULL DEFAULT 1.5,
  c DOUBLE NOT NULL DEFAULT 1e30, d BIT(8) NOT NULL DEFAULT b'101', e VARCHAR(50) NOT NULL DEFAULT 'it''s "so" \\ % \n x',
  f VARCHAR(9) NOT NULL DEFAULT '', g VARCHAR(9) DEFAULT 'NULL', h BINARY(4) NOT NULL DEFAULT 'a',
  i VARBINARY(9) NOT NULL DEFAULT '', j ENUM ('x', 'it''s') NOT NULL DEFAULT 'it''s', k SET ('a', 'b') NOT NULL DEFAULT 'a,b',
  l DATE NOT NULL DEFAULT '2000-01-01', m TIME NOT NULL DEFAULT '-12:00:00', n DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
  o DATETIME(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6) ON UPDATE CURRENT_TIMESTAMP(6),
  p TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP, q YEAR NOT NULL DEFAULT 1999,
  r JSON NOT NULL DEFAULT ('{}'), s TEXT NOT NULL DEFAULT ('abc'), t CHAR(36) NOT NULL DEFAULT (UUID()),
  u INT NOT NULL DEFAULT (1 + 2), v BLOB NOT NULL DEFAULT ('x'), w BOOLEAN NOT NULL DEFAULT TRUE,
  x VARCHAR(9) NOT NULL DEFAULT 'É€', y ENUM ('on', 'off') CHARACTER SET binary NOT NULL DEFAULT 'on',
  z DATE NOT NULL DEFAULT (CURRENT_DATE)
);

CREATE TABLE attributes (
  id SERIAL, hidden INT NOT NULL DEFAULT 1 INVISIBLE, hidden_note VARCHAR(9) INVISIBLE COMMENT 'hidden',
  noted INT COMMENT 'it''s -- a ${note} /* x */ \\ end', code VARCHAR(20) NOT NULL, number INT NOT NULL, document JSON,
  twice INT AS (number * 2) VIRTUAL, label VARCHAR(40) AS (CONCAT(code, '-', number)) STORED,
  size ENUM ('S', 'L') AS (IF(number > 10, 'L', 'S')) VIRTUAL, heavy BOOLEAN AS (number > 3) VIRTUAL,
  inner_value VARCHAR(20) AS (JSON_VALUE(document, '$.a')) VIRTUAL,
  price DECIMAL(9, 2) CHECK (price >= 0), low INT, high INT,
  CONSTRAINT low_high CHECK (low < high), CONSTRAINT `odd check` CHECK (code <> 'it''s'),
  UNIQUE KEY uk_label (label), UNIQUE KEY uk_desc (low DESC, high), KEY ix_prefix (code(5)), KEY ix_desc (high DESC),
  FULLTEXT KEY ft_code (code)
);

CREATE TABLE `odd ``name` (
  `a b` INT, `c``d` INT, `select` VARCHAR(9), PRIMARY KEY (`a b`, `c``d`), CONSTRAINT `odd ``key` UNIQUE (`select`)
);

CREATE TABLE parents (a INT, b VARCHAR(9), PRIMARY KEY (a, b));

CREATE TABLE children (
  id INT PRIMARY KEY, a INT, b VARCHAR(9), up INT,
  CONSTRAINT fk_parent FOREIGN KEY (a, b) REFERENCES parents (a, b) ON DELETE CASCADE ON UPDATE CASCADE,
  CONSTRAINT fk_up FOREIGN KEY (up) REFERENCES children (id) ON DELETE SET NULL
);

CREATE TABLE without_key (a INT NOT NULL, b INT) ENGINE = MyISAM;

CREATE TABLE in_memory (a INT PRIMARY KEY) ENGINE = MEMORY;

CREATE TABLE partitions_of_days (id INT NOT NULL, day DATE NOT NULL, PRIMARY KEY (id, day))
  PARTITION BY RANGE COLUMNS (day) (PARTITION p0 VALUES LESS THAN ('2020-01-01'), PARTITION p1 VALUES LESS THAN (MAXVALUE));

CREATE TABLE compressed (id INT PRIMARY KEY, t TEXT) ROW_FORMAT = COMPRESSED KEY_BLOCK_SIZE = 8 STATS_PERSISTENT = 1;

CREATE VIEW views AS SELECT id, kind, document, stamp_millis, COUNT(*) OVER () AS n, CONCAT(word, '!') AS c, bit_few,
  narrow_digits, flag_unsigned, uuid FROM types;
