package dev.rowan;

public interface Session {}
