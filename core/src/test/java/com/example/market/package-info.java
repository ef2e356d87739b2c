/** Types as a user has them, for the columns of the table {@code stalls}. */
@NullMarked
package com.example.market;

import org.jspecify.annotations.NullMarked;
