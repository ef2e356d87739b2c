package dev.rowan.app;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.rowan.type.EnumConverter;
import org.jooq.EnumType;
import org.junit.jupiter.api.Test;

final class ReadmeTypesTest {

    // README: an enum whose literals are no names
    public enum Delivery implements EnumType {
        OPEN("open"),
        IN_DELIVERY("in-delivery");

        private final String literal;

        Delivery(String literal) {
            this.literal = literal;
        }

        @Override
        public String getLiteral() {
            return literal;
        }

        @Override
        public String getName() {
            return "delivery"; // any name: the column has its own
        }
    }
    // end

    @Test
    void aConstantStandsForItsLiteral() {
        var converter = new EnumConverter<>("parcels.delivery", String.class, Delivery.class);

        assertEquals(Delivery.IN_DELIVERY, converter.from("in-delivery"));
        assertEquals("open", converter.to(Delivery.OPEN));
    }
}
