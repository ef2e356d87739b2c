CREATE TABLE of_mysql (
  id INT PRIMARY KEY, vector VECTOR(3), long_vector VECTOR(2048), place POINT NOT NULL SRID 4326, shape GEOMETRY SRID 0,
  document JSON, name VARCHAR(20) COLLATE utf8mb4_de_pb_0900_as_cs, word VARCHAR(9) COLLATE utf8mb4_0900_bin,
  KEY ix_expression ((LOWER(name))), UNIQUE KEY uk_expression ((ABS(id))),
  KEY ix_array ((CAST(document -> '$.a' AS UNSIGNED ARRAY))), SPATIAL KEY sp_place (place), KEY ix_hidden (name) INVISIBLE,
  CONSTRAINT off CHECK (id > 0) NOT ENFORCED
);
