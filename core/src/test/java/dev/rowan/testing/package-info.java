/**
 * Helpers that several tests share: extensions that open a database for each test class, test classes to extend, tables
 * with unusual columns, a proxy that cuts connections, and the guard that fails a test class whose messages or log
 * lines show a bound value.
 */
@NullMarked
package dev.rowan.testing;

import org.jspecify.annotations.NullMarked;
