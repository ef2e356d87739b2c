@NullMarked
package dev.rowan.cli;

import org.jspecify.annotations.NullMarked;
