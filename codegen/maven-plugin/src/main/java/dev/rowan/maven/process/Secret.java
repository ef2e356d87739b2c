package dev.rowan.maven.process;

/** The value of a parameter that nobody must see: with {@code -X}, Maven prints the parameters of each goal. */
public final class Secret {

    private String value = "";

    /** Called by Maven, with the parameter's text. */
    public void set(String text) {
        value = text;
    }

    public String value() {
        return value;
    }

    @Override
    public String toString() {
        return "***";
    }
}
