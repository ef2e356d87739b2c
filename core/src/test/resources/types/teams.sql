--liquibase formatted sql

-- What makes the order of a flush hard: natural keys that change, foreign keys within primary keys, cycles, unique values
-- that rows exchange, also over generated columns or under a check, and what the database deletes by itself.

--changeset types:teams
CREATE TABLE teams (
  code       VARCHAR(40) CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci PRIMARY KEY,
  name       VARCHAR(50) NOT NULL DEFAULT 'unnamed',
  motto      VARCHAR(50),
  captain_id INT,
  version    INT NOT NULL DEFAULT 0
);
CREATE TABLE players (
  id        INT AUTO_INCREMENT PRIMARY KEY,
  name      VARCHAR(50) NOT NULL,
  nick      VARCHAR(40),
  team_code VARCHAR(40) CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci,
  shirt     INT,
  mentor_id INT,
  CONSTRAINT uk_players_nick UNIQUE (nick),
  CONSTRAINT uk_players_shirt UNIQUE (team_code, shirt),
  CONSTRAINT fk_players_team FOREIGN KEY (team_code) REFERENCES teams (code) ON UPDATE CASCADE,
  CONSTRAINT fk_players_mentor FOREIGN KEY (mentor_id) REFERENCES players (id)
);
ALTER TABLE teams ADD CONSTRAINT fk_teams_captain FOREIGN KEY (captain_id) REFERENCES players (id);

--changeset types:rounds
CREATE TABLE rounds (
  team_code VARCHAR(40) CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci,
  number    INT,
  place     VARCHAR(30),
  PRIMARY KEY (team_code, number),
  CONSTRAINT fk_rounds_team FOREIGN KEY (team_code) REFERENCES teams (code) ON UPDATE CASCADE
);
CREATE TABLE goals (
  id        INT AUTO_INCREMENT PRIMARY KEY,
  team_code VARCHAR(40) CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci NOT NULL,
  number    INT NOT NULL,
  minute    INT,
  CONSTRAINT fk_goals_round FOREIGN KEY (team_code, number) REFERENCES rounds (team_code, number)
    ON UPDATE CASCADE ON DELETE CASCADE
);
CREATE TABLE lockers (
  id        INT AUTO_INCREMENT PRIMARY KEY,
  player_id INT NOT NULL,
  label     VARCHAR(40),
  CONSTRAINT uk_lockers_player UNIQUE (player_id),
  CONSTRAINT fk_lockers_player FOREIGN KEY (player_id) REFERENCES players (id) ON DELETE CASCADE
);
CREATE TABLE badges (
  id      INT AUTO_INCREMENT PRIMARY KEY,
  owner_code VARCHAR(40) CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci,
  CONSTRAINT fk_badges_owner FOREIGN KEY (owner_code) REFERENCES teams (code) ON UPDATE CASCADE ON DELETE SET NULL
);

--changeset types:skills
CREATE TABLE skills (
  code    INT PRIMARY KEY,
  title   VARCHAR(40) CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci NOT NULL,
  place   SMALLINT NOT NULL,
  note    VARCHAR(50) DEFAULT 'none',
  version INT NOT NULL DEFAULT 0,
  CONSTRAINT uk_skills_title UNIQUE (title),
  CONSTRAINT uk_skills_place UNIQUE (place)
);
CREATE TABLE player_skills (
  player_id  INT,
  skill_code INT,
  PRIMARY KEY (player_id, skill_code),
  CONSTRAINT fk_player_skills_player FOREIGN KEY (player_id) REFERENCES players (id),
  CONSTRAINT fk_player_skills_skill FOREIGN KEY (skill_code) REFERENCES skills (code) ON UPDATE CASCADE
);
CREATE TABLE trainings (
  player_id  INT,
  skill_code INT,
  hours      INT NOT NULL,
  PRIMARY KEY (player_id, skill_code),
  CONSTRAINT fk_trainings_player FOREIGN KEY (player_id) REFERENCES players (id) ON DELETE CASCADE,
  CONSTRAINT fk_trainings_skill FOREIGN KEY (skill_code) REFERENCES skills (code) ON UPDATE CASCADE ON DELETE CASCADE
);

--changeset types:labels
CREATE TABLE labels (
  id          INT AUTO_INCREMENT PRIMARY KEY,
  code        VARCHAR(40),
  parent_code VARCHAR(40),
  CONSTRAINT uk_labels_code UNIQUE (code),
  CONSTRAINT fk_labels_parent FOREIGN KEY (parent_code) REFERENCES labels (code)
);
CREATE TABLE stickers (
  id         INT AUTO_INCREMENT PRIMARY KEY,
  label_code VARCHAR(40),
  note       VARCHAR(20),
  CONSTRAINT fk_stickers_label FOREIGN KEY (label_code) REFERENCES labels (code) ON UPDATE CASCADE
);
CREATE TABLE tags (
  code VARCHAR(20) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin PRIMARY KEY,
  note VARCHAR(20)
);
CREATE TABLE tagged (
  id       INT AUTO_INCREMENT PRIMARY KEY,
  tag_code VARCHAR(20) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  note     VARCHAR(20),
  CONSTRAINT fk_tagged_tag FOREIGN KEY (tag_code) REFERENCES tags (code) ON UPDATE CASCADE ON DELETE CASCADE
);
CREATE TABLE gens (
  id   INT PRIMARY KEY,
  a    INT,
  b    INT GENERATED ALWAYS AS (a + 1) STORED,
  name VARCHAR(20) NOT NULL,
  CONSTRAINT uk_gens_b UNIQUE (b)
);
CREATE TABLE ranks (
  id    INT PRIMARY KEY,
  cost  DECIMAL(10, 2),
  place INT NOT NULL,
  CONSTRAINT uk_ranks_place UNIQUE (place),
  CONSTRAINT ck_ranks_place CHECK (place > 0)
);
