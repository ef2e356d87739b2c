@NullMarked
package dev.rowan.db.internal.shell;

import org.jspecify.annotations.NullMarked;
