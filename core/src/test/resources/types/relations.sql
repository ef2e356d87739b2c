--liquibase formatted sql

-- Foreign keys of every kind, to one table: things are unique by each of their columns, uses refer to them by each.

--changeset types:things
CREATE TABLE things (
  id       BIGINT UNSIGNED PRIMARY KEY,
  word     VARCHAR(20) CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci,
  code     CHAR(8) CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci,
  bytes    VARBINARY(8),
  uuid     BINARY(16),
  amount   DECIMAL(10, 2),
  day      DATE,
  moment   DATETIME(6),
  small    SMALLINT,
  ratio    DOUBLE,
  kind     ENUM ('a', 'b', 'c'),
  CONSTRAINT uk_things_word UNIQUE (word),
  CONSTRAINT uk_things_code UNIQUE (code),
  CONSTRAINT uk_things_bytes UNIQUE (bytes),
  CONSTRAINT uk_things_uuid UNIQUE (uuid),
  CONSTRAINT uk_things_amount UNIQUE (amount),
  CONSTRAINT uk_things_day UNIQUE (day),
  CONSTRAINT uk_things_moment UNIQUE (moment),
  CONSTRAINT uk_things_small UNIQUE (small),
  CONSTRAINT uk_things_ratio UNIQUE (ratio),
  CONSTRAINT uk_things_kind UNIQUE (kind),
  CONSTRAINT uk_things_pair UNIQUE (uuid, small),
  CONSTRAINT uk_things_dated UNIQUE (word, day)
);

--changeset types:uses
CREATE TABLE uses (
  id       INT AUTO_INCREMENT PRIMARY KEY,
  thing_id BIGINT UNSIGNED,
  word     VARCHAR(20) CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci,
  code     CHAR(8) CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci,
  bytes    VARBINARY(8),
  uuid     BINARY(16),
  amount   DECIMAL(10, 2),
  day      DATE,
  moment   DATETIME(6),
  small    SMALLINT,
  ratio    DOUBLE,
  kind     ENUM ('a', 'b', 'c'),
  CONSTRAINT fk_uses_thing FOREIGN KEY (thing_id) REFERENCES things (id),
  CONSTRAINT fk_uses_word FOREIGN KEY (word) REFERENCES things (word),
  CONSTRAINT fk_uses_code FOREIGN KEY (code) REFERENCES things (code),
  CONSTRAINT fk_uses_bytes FOREIGN KEY (bytes) REFERENCES things (bytes),
  CONSTRAINT fk_uses_uuid FOREIGN KEY (uuid) REFERENCES things (uuid),
  CONSTRAINT fk_uses_amount FOREIGN KEY (amount) REFERENCES things (amount),
  CONSTRAINT fk_uses_day FOREIGN KEY (day) REFERENCES things (day),
  CONSTRAINT fk_uses_moment FOREIGN KEY (moment) REFERENCES things (moment),
  CONSTRAINT fk_uses_small FOREIGN KEY (small) REFERENCES things (small),
  CONSTRAINT fk_uses_ratio FOREIGN KEY (ratio) REFERENCES things (ratio),
  CONSTRAINT fk_uses_kind FOREIGN KEY (kind) REFERENCES things (kind),
  CONSTRAINT fk_uses_pair FOREIGN KEY (uuid, small) REFERENCES things (uuid, small),
  CONSTRAINT fk_uses_dated FOREIGN KEY (word, day) REFERENCES things (word, day)
);
CREATE TABLE notes (
  thing_id BIGINT UNSIGNED NOT NULL,
  text     VARCHAR(50),
  CONSTRAINT fk_notes_thing FOREIGN KEY (thing_id) REFERENCES things (id)
) COMMENT 'No primary key.';

--changeset types:persons
CREATE TABLE persons (
  id   INT PRIMARY KEY,
  name VARCHAR(50)
);
CREATE TABLE friendships (
  person_id INT NOT NULL,
  friend_id INT NOT NULL,
  since     YEAR NOT NULL,
  PRIMARY KEY (person_id, friend_id),
  CONSTRAINT fk_friendships_person FOREIGN KEY (person_id) REFERENCES persons (id),
  CONSTRAINT fk_friendships_friend FOREIGN KEY (friend_id) REFERENCES persons (id)
);

--changeset types:synonyms
CREATE TABLE synonyms (
  word VARCHAR(20) CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci,
  code CHAR(8) CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci,
  note VARCHAR(20) DEFAULT 'new',
  PRIMARY KEY (word, code),
  CONSTRAINT fk_synonyms_word FOREIGN KEY (word) REFERENCES things (word),
  CONSTRAINT fk_synonyms_code FOREIGN KEY (code) REFERENCES things (code)
) COMMENT 'Links by texts.';

--changeset types:profiles
CREATE TABLE profiles (
  id        INT AUTO_INCREMENT PRIMARY KEY,
  person_id INT,
  motto     VARCHAR(50),
  CONSTRAINT uk_profiles_person UNIQUE (person_id),
  CONSTRAINT fk_profiles_person FOREIGN KEY (person_id) REFERENCES persons (id)
) COMMENT 'One for each person.';

--changeset types:keepers
CREATE TABLE keepers (
  person_id INT,
  thing_id  BIGINT UNSIGNED,
  PRIMARY KEY (person_id, thing_id),
  CONSTRAINT uk_keepers_thing UNIQUE (thing_id),
  CONSTRAINT fk_keepers_person FOREIGN KEY (person_id) REFERENCES persons (id),
  CONSTRAINT fk_keepers_thing FOREIGN KEY (thing_id) REFERENCES things (id)
) COMMENT 'Links with another unique key.';
