--liquibase formatted sql

--changeset rowan:user-totals
CREATE SQL SECURITY INVOKER VIEW user_totals AS
SELECT users.id AS user_id, users.name, users.preferences,
       (SELECT COUNT(*) FROM orders WHERE orders.user_id = users.id) AS order_count,
       (SELECT SUM(orders.total) FROM orders WHERE orders.user_id = users.id) AS total
FROM users;
--rollback DROP VIEW user_totals;
