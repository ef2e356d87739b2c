package com.example.market;

/** One of many in a JSON column. */
public record Tag(String name, int weight) {}
