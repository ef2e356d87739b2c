package dev.rowan.spring.test;

import org.springframework.boot.test.autoconfigure.TestSliceTestContextBootstrapper;

/** Makes the context of a {@link RowanTest}, with its properties. */
final class RowanTestBootstrapper extends TestSliceTestContextBootstrapper<RowanTest> {}
