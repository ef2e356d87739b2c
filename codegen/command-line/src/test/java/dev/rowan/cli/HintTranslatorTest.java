package dev.rowan.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** A user without Maven is told what to do without Maven. */
final class HintTranslatorTest {

    @Test
    void aPropertyOfMavenIsAnOption() {
        assertEquals(
                "name it: --server=jdbc:mysql://host:3306/shop --user=…",
                HintTranslator.translate("name it: -Drowan.server=jdbc:mysql://host:3306/shop -Drowan.user=…"));
        assertEquals("--migrate applies them", HintTranslator.translate("-Drowan.migrate=true applies them"));
        assertEquals(
                "that --user and --password are correct",
                HintTranslator.translate("that -Drowan.user and -Drowan.password are correct"));
        assertEquals("and --strict is set.", HintTranslator.translate("and -Drowan.strict is set."));
    }

    @Test
    void aGoalIsACommand() {
        assertEquals("Start it: rowan env-start", HintTranslator.translate("Start it: mvn rowan:env-start"));
        assertEquals("rowan:accept rollback: few", HintTranslator.translate("rowan:accept rollback: few"));
    }

    @Test
    void anElementOfTheConfigurationIsAnOption() {
        assertEquals(
                "Line 1 of --names, \"a = b\", matches nothing",
                HintTranslator.translate("Line 1 of <names>, \"a = b\", matches nothing"));
        assertEquals(
                "Change one of each two in --names.\na and b both give A: --names='`a<b` = anotherName'",
                HintTranslator.translate("Change one of each two in <names>, in the configuration of the plugin.\n"
                        + "a and b both give A: <name>`a&lt;b` = anotherName</name>"));
        assertEquals(
                "do without note, by --types='orders.note = none'; DROP it",
                HintTranslator.translate("do without note, by <type>orders.note = none</type>; DROP it"));
    }
}
