package com.example.market;

/** An amount in cents. */
public record Money(long cents) {}
