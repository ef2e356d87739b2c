/** Tests of the page of a schema; those that look at it do so in Chromium. */
@NullMarked
package dev.rowan.codegen.page;

import org.jspecify.annotations.NullMarked;
