--liquibase formatted sql

--changeset rowan:orders
CREATE TABLE orders (
  id          BIGINT AUTO_INCREMENT PRIMARY KEY,
  uuid        BINARY(16) COMMENT 'The number that leaves the house; the id does not.',
  user_id     INT NOT NULL COMMENT 'Who ordered.',
  approver_id INT COMMENT 'Who approved, once somebody did.',
  total       DECIMAL(12, 2) NOT NULL DEFAULT 0.00 COMMENT 'In euros, all items together.',
  note        TEXT COMMENT 'In the words of the user.',
  placed_at   DATETIME(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6) COMMENT 'In UTC.',
  CONSTRAINT uk_orders_uuid UNIQUE (uuid),
  CONSTRAINT ck_orders_total CHECK (total >= 0),
  CONSTRAINT fk_orders_user FOREIGN KEY (user_id) REFERENCES users (id),
  CONSTRAINT fk_orders_approver FOREIGN KEY (approver_id) REFERENCES users (id),
  INDEX ix_orders_placed_at (placed_at)
) COMMENT 'What users ordered.';
--rollback DROP TABLE orders;

--changeset rowan:order-items
CREATE TABLE order_items (
  order_id BIGINT NOT NULL,
  line_no  INT NOT NULL COMMENT 'From 1, in the order of the basket.',
  product  VARCHAR(100) NOT NULL,
  quantity INT UNSIGNED NOT NULL DEFAULT 1,
  price    DECIMAL(12, 2) NOT NULL COMMENT 'In euros, of one piece.',
  PRIMARY KEY (order_id, line_no),
  CONSTRAINT ck_order_items_quantity CHECK (quantity > 0),
  CONSTRAINT fk_order_items_order FOREIGN KEY (order_id) REFERENCES orders (id) ON DELETE CASCADE
) COMMENT 'The lines of an order.';
--rollback DROP TABLE order_items;
