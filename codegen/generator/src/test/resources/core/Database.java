package dev.rowan;

public interface Database {}
