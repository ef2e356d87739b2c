package dev.rowan.codegen.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.function.Function;

/**
 * A line of the configuration: {@code what = value}.
 *
 * @param element the parameter that contains the line
 * @param number the position in the parameter, from 1
 * @param what the left side: what the line is about
 * @param value the right side; neither side is empty
 */
public record RuleLine(String element, int number, String what, String value) {

    private static final String SEPARATOR = " = ";

    /** How each list is written; part of the message on a malformed line. */
    private static String example(String element) {
        return switch (element) {
            case OptionKeys.VERSION -> "orders = revision, or orders = none";
            case OptionKeys.TYPES ->
                "users.settings = com.example.Settings, or orders.total = com.example.Money by"
                        + " com.example.MoneyConverter";
            case OptionKeys.RELATIONS ->
                "orders.fk_orders_user = none, or orders.fk_orders_user = many, or user_roles = read";
            case OptionKeys.KEYS -> "order_totals = order_id, or order_lines = order_id, line_no";
            case OptionKeys.NAMES -> "users = Person, or users.e_mail = email, or orders.fk_orders_user = customer";
            default -> throw new IllegalArgumentException(element);
        };
    }

    /**
     * Parses the lines of a parameter; blank lines are ignored.
     *
     * @param kind makes a rule of a line
     * @throws IllegalArgumentException if a line is malformed; the message contains it
     */
    static <T> List<T> parseAll(String element, Properties properties, Function<RuleLine, T> kind) {
        List<T> rules = new ArrayList<>();
        properties
                .getProperty(element, "")
                .lines()
                .filter(line -> !line.isBlank())
                .forEach(line -> rules.add(kind.apply(parse(element, rules.size() + 1, line.strip()))));
        return List.copyOf(rules);
    }

    private static RuleLine parse(String element, int number, String line) {
        // the last sign: a regular expression may contain others, a value does not
        int sign = line.lastIndexOf('=');
        if (sign < 1 || sign == line.length() - 1) {
            throw new RuleLine(element, number, line, "").malformed("it is not of the form: what = value");
        }
        return new RuleLine(
                element,
                number,
                line.substring(0, sign).strip(),
                line.substring(sign + 1).strip());
    }

    /** Returns the line as it is written. */
    public String text() {
        return value.isEmpty() ? what : what + SEPARATOR + value;
    }

    /**
     * Returns the error that the line does not suit the schema.
     *
     * @param reason continues the sentence that begins with the line, and says how to fix it
     */
    public IllegalArgumentException rejected(String reason) {
        return new IllegalArgumentException("Line %d of <%s>, \"%s\", %s".formatted(number, element, text(), reason));
    }

    /** Returns the error that another line, which has come before this one, decides the same. */
    public IllegalArgumentException contradicts(RuleLine other, String subject) {
        return rejected("matches %s, and so does line %d, \"%s\". Only one line may match %s."
                .formatted(subject, other.number, other.text(), subject));
    }

    /** Returns the error that the line cannot be read. */
    IllegalArgumentException malformed(String reason) {
        return rejected("cannot be read: %s. Write it as %s.".formatted(reason, example(element)));
    }
}
