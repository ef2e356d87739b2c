package dev.rowan.spring;

/** A part of a JSON column. */
public record Address(String street, String city) {}
