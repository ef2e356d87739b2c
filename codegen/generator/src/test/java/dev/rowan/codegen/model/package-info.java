/** Tests of the notation that MySQL and MariaDB share. */
@NullMarked
package dev.rowan.codegen.model;

import org.jspecify.annotations.NullMarked;
