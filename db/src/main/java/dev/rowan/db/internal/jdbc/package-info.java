/**
 * MySQL Connector/J: its URLs, data sources without a pool, and the product at the other end of a connection.
 *
 * <p>This is the only package that names the driver's classes. It uses no other package of this module. Start at {@link
 * dev.rowan.db.internal.jdbc.MysqlUrl}.
 */
@NullMarked
package dev.rowan.db.internal.jdbc;

import org.jspecify.annotations.NullMarked;
