package com.example.market;

import org.jooq.EnumType;

/** What a column of text holds, each in words of its own. */
public enum Area implements EnumType {
    NORTH("the north"),
    SOUTH("the south");

    private final String literal;

    Area(String literal) {
        this.literal = literal;
    }

    @Override
    public String getLiteral() {
        return literal;
    }

    @Override
    public String getName() {
        return "area";
    }
}
