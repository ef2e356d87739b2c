package com.example.market;

import java.math.BigDecimal;
import org.jooq.impl.AbstractConverter;
import org.jspecify.annotations.Nullable;

/** Keeps money in a DECIMAL. */
public final class MoneyConverter extends AbstractConverter<BigDecimal, Money> {

    /** Called by generated code. */
    public MoneyConverter() {
        super(BigDecimal.class, Money.class);
    }

    @Override
    public @Nullable Money from(@Nullable BigDecimal amount) {
        return amount == null ? null : new Money(amount.movePointRight(2).longValueExact());
    }

    @Override
    public @Nullable BigDecimal to(@Nullable Money money) {
        return money == null ? null : BigDecimal.valueOf(money.cents(), 2);
    }
}
