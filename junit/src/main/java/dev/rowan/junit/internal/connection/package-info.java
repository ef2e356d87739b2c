/**
 * The connections that tests borrow: they record statements, report leaks, and can keep a whole test in one
 * transaction.
 *
 * <p>Start at {@link dev.rowan.junit.internal.connection.TrackingDataSource}. The proxies pass calls on to the driver;
 * in a test that is rolled back, {@code TestTransaction} emulates transactions with savepoints, and
 * {@code TransactionEffect} classifies statements for it. This package uses no other package of the project.
 */
@NullMarked
package dev.rowan.junit.internal.connection;

import org.jspecify.annotations.NullMarked;
