/**
 * Everything that calls MySQL Connector/J by name: start at {@link dev.rowan.internal.driver.ConnectorJ}.
 *
 * <p>Connector/J is no named module, which a module must not require: hence the reflection and method handles, all of them
 * here. Uses no other package.
 */
@NullMarked
package dev.rowan.internal.driver;

import org.jspecify.annotations.NullMarked;
