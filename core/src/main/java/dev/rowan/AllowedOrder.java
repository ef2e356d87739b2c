package dev.rowan;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jooq.CheckReturnValue;
import org.jooq.Field;
import org.jooq.SortField;
import org.jooq.TableField;

/**
 * The orders that a client may ask for by names. A name that is not allowed is refused, and no text of the client
 * becomes SQL. Immutable and thread-safe: keep it in a constant.
 *
 * <pre>{@code
 * static final AllowedOrder ORDER = AllowedOrder.of(USERS.NAME, USERS.AGE).and("inviter", USERS.inviter().NAME);
 *
 * users.all().orderBy(ORDER.parse("age desc, name")).list();
 * }</pre>
 */
public final class AllowedOrder {

    private final Map<String, Field<?>> fields;

    private AllowedOrder(Map<String, Field<?>> fields) {
        this.fields = fields;
    }

    /** Returns the orders by these columns, by their names in the database. */
    public static AllowedOrder of(TableField<?, ?>... columns) {
        var order = new AllowedOrder(Map.of());
        for (var column : columns) {
            order = order.and(column.getName(), column);
        }
        return order;
    }

    /**
     * Returns these orders, and that by a field under a name of your choice: a column, also along a foreign key, or an
     * expression.
     *
     * @throws IllegalArgumentException if the name is taken, or has spaces or commas
     */
    @CheckReturnValue
    public AllowedOrder and(String name, Field<?> field) {
        if (name.isEmpty() || name.chars().anyMatch(c -> c == ',' || Character.isWhitespace(c))) {
            throw new IllegalArgumentException("The name of an order must not be empty, nor have spaces or commas.");
        }
        var more = new LinkedHashMap<>(fields);
        if (more.put(name, Objects.requireNonNull(field)) != null) {
            throw new IllegalArgumentException("Two orders have the name " + name + ". Choose another name.");
        }
        return new AllowedOrder(more);
    }

    /**
     * Returns the order of a text: names, separated by commas, each maybe followed by {@code asc} or {@code desc}. The
     * first decides. A text without names is no order.
     *
     * @throws IllegalArgumentException if a name is not allowed; the message lists those that are
     */
    public List<SortField<?>> parse(String text) {
        var order = new ArrayList<SortField<?>>();
        if (text.isBlank()) {
            return order;
        }
        for (var part : text.split(",", -1)) {
            var words = part.strip().split("\\s+", -1);
            var field = fields.get(words[0]);
            var direction = words.length == 1 ? "asc" : words[1].toLowerCase(Locale.ROOT);
            if (field == null || words.length > 2 || !(direction.equals("asc") || direction.equals("desc"))) {
                throw new IllegalArgumentException("The order is not allowed. Write names, separated by commas, each"
                        + " maybe followed by asc or desc. The allowed names: " + String.join(", ", fields.keySet())
                        + ".");
            }
            order.add(direction.equals("asc") ? field.asc() : field.desc());
        }
        return order;
    }
}
