package com.example.market;

/** The literals of an ENUM column, in another order than the column's. */
public enum Status {
    BANNED,
    CLOSED,
    OPEN
}
