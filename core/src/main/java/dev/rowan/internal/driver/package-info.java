/**
 * Everything that calls MySQL Connector/J by name: start at {@link dev.rowan.internal.driver.ConnectorJ}.
 *
 * <p>Connector/J is not a named module, so that a module must not require it: hence the reflection and method handles,
 * all of them here. Uses no other package.
 */
@NullMarked
package dev.rowan.internal.driver;

import org.jspecify.annotations.NullMarked;
