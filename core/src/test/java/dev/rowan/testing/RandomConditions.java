package dev.rowan.testing;

import dev.rowan.testing.NullableTable.Column;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** Generates random conditions on {@link NullableTable}, each as a condition of jOOQ and as plain SQL. */
public final class RandomConditions {

    /** A condition, the same condition in plain SQL, and the conditions that it combines. */
    public record Predicate(Condition condition, String sql, List<Predicate> parts) {}

    /** An operand of a comparison, and the same operand in plain SQL. */
    private record Term<T>(Field<T> field, String sql) {}

    private final NullableTable facts;
    private final Random shape;
    private final Random values;

    /**
     * Generates conditions.
     *
     * @param shape decides everything but the values
     * @param values decides the values
     */
    public RandomConditions(NullableTable facts, Random shape, Random values) {
        this.facts = facts;
        this.shape = shape;
        this.values = values;
    }

    /** Returns the next condition, with at most this number of nested operators. */
    public Predicate next(int depth) {
        if (depth == 0 || shape.nextInt(4) == 0) {
            return comparison(randomColumn(facts.columns), depth);
        }
        var a = next(depth - 1);
        if (shape.nextInt(4) == 0) {
            return switch (shape.nextInt(3)) {
                case 0 -> new Predicate(a.condition().not(), "(not " + a.sql() + ")", List.of(a));
                case 1 -> new Predicate(DSL.not(a.condition()), "(not " + a.sql() + ")", List.of(a));
                default -> new Predicate(a.condition().isNull(), "(" + a.sql() + " is null)", List.of(a));
            };
        }
        var b = next(depth - 1);
        return switch (shape.nextInt(5)) {
            case 0, 1 -> both(a.condition().and(b.condition()), a, "and", b);
            case 2, 3 -> both(a.condition().or(b.condition()), a, "or", b);
            default -> both(a.condition().xor(b.condition()), a, "xor", b);
        };
    }

    private static Predicate both(Condition condition, Predicate a, String operator, Predicate b) {
        return new Predicate(condition, "(" + a.sql() + " " + operator + " " + b.sql() + ")", List.of(a, b));
    }

    private <T> Predicate comparison(Column<T> column, int depth) {
        var a = term(column, depth);
        var f = a.field();
        var kinds = f.getType() == String.class ? 18 : 14;
        return switch (shape.nextInt(kinds)) {
            case 0 -> simple(f.isNull(), a.sql() + " is null");
            case 1 -> simple(f.isNotNull(), a.sql() + " is not null");
            case 2 -> in(a, column);
            case 3 -> between(a, column);
            case 4 -> exists(column);
            case 5, 6, 7, 8, 9, 10, 11, 12, 13 -> comparisonOfTwo(a, column, depth);
            default -> like(a, column);
        };
    }

    private <T> Predicate comparisonOfTwo(Term<T> a, Column<T> column, int depth) {
        var b = shape.nextInt(3) == 0 ? term(column, depth) : value(column);
        var f = a.field();
        var g = b.field();
        return switch (shape.nextInt(8)) {
            case 0 -> simple(f.eq(g), a.sql() + " = " + b.sql());
            case 1 -> simple(f.ne(g), a.sql() + " <> " + b.sql());
            case 2 -> simple(f.lt(g), a.sql() + " < " + b.sql());
            case 3 -> simple(f.le(g), a.sql() + " <= " + b.sql());
            case 4 -> simple(f.gt(g), a.sql() + " > " + b.sql());
            case 5 -> simple(f.ge(g), a.sql() + " >= " + b.sql());
            case 6 -> simple(f.isDistinctFrom(g), "not (" + a.sql() + " <=> " + b.sql() + ")");
            default -> simple(f.isNotDistinctFrom(g), a.sql() + " <=> " + b.sql());
        };
    }

    private <T> Predicate in(Term<T> a, Column<T> column) {
        var not = shape.nextBoolean();
        var list = IntStream.range(0, shape.nextInt(5))
                .mapToObj(i -> value(column))
                .toList();
        var fields = list.stream().map(Term::field).toList();
        var condition = not ? a.field().notIn(fields) : a.field().in(fields);
        if (list.isEmpty()) {
            return simple(condition, not ? "true" : "false");
        }
        return simple(
                condition,
                a.sql()
                        + (not ? " not in " : " in ")
                        + list.stream().map(Term::sql).collect(Collectors.joining(", ", "(", ")")));
    }

    private <T> Predicate between(Term<T> a, Column<T> column) {
        var low = value(column);
        var high = value(column);
        var sql = a.sql() + " between " + low.sql() + " and " + high.sql();
        return switch (shape.nextInt(3)) {
            case 0 -> simple(a.field().between(low.field(), high.field()), sql);
            case 1 -> simple(a.field().notBetween(low.field(), high.field()), "not (" + sql + ")");
            default ->
                simple(
                        a.field().betweenSymmetric(low.field(), high.field()),
                        "(" + sql + ") or (" + a.sql() + " between " + high.sql() + " and " + low.sql() + ")");
        };
    }

    /** Other rows have a greater value in the column. */
    private <T> Predicate exists(Column<T> column) {
        var others = facts.as("others");
        var other = others.field(column.field());
        var name = column.field().getName();
        return simple(
                DSL.exists(DSL.selectOne().from(others).where(other.gt(column.field()))),
                "exists (select 1 from facts o where o." + name + " > facts." + name + ")");
    }

    @SuppressWarnings("unchecked") // only called for columns of text
    private <T> Predicate like(Term<T> a, Column<T> column) {
        var text = (Column<String>) column;
        var f = (Field<String>) a.field();
        var value = randomValue(text.values());
        var pattern = value == null ? null : value.replace("!", "");
        var escaped = value == null ? "" : value.replaceAll("[!%_]", "!$0");
        return switch (shape.nextInt(5)) {
            case 0 -> simple(f.contains(value), like(a, value, "%" + escaped + "%"));
            case 1 -> simple(f.startsWith(value), like(a, value, escaped + "%"));
            case 2 -> simple(f.endsWith(value), like(a, value, "%" + escaped));
            case 3 ->
                simple(f.like(DSL.val(pattern, text.field()), '!'), like(a, value, pattern == null ? "" : pattern));
            default -> simple(f.notContains(value), "not (" + like(a, value, "%" + escaped + "%") + ")");
        };
    }

    private static String like(Term<?> a, @Nullable String value, String pattern) {
        return a.sql() + " like " + (value == null ? "null" : TextKeyTable.literal(pattern)) + " escape '!'";
    }

    private static Predicate simple(Condition condition, String sql) {
        return new Predicate(condition, "(" + sql + ")", List.of());
    }

    private <T> Term<T> term(Column<T> column, int depth) {
        var f = column.field();
        var name = f.getName();
        var plain = new Term<>(f, "facts." + name);
        return switch (shape.nextInt(12)) {
            case 1 -> {
                var v = value(column);
                yield new Term<>(DSL.coalesce(f, v.field()), "coalesce(facts." + name + ", " + v.sql() + ")");
            }
            case 2 -> {
                var v = value(column);
                yield new Term<>(DSL.nullif(f, v.field()), "nullif(facts." + name + ", " + v.sql() + ")");
            }
            case 3 -> {
                var p = next(Math.min(depth, 1));
                var v = value(column);
                yield new Term<>(
                        DSL.when(p.condition(), f).otherwise(v.field()),
                        "case when " + p.sql() + " then facts." + name + " else " + v.sql() + " end");
            }
            case 4, 5 -> column.equals(facts.whole) ? sum() : plain;
            default -> plain;
        };
    }

    @SuppressWarnings("unchecked") // only called for the column of whole numbers
    private <T> Term<T> sum() {
        var whole = facts.whole;
        var a = whole.field();
        var b = value(whole);
        var sum = switch (shape.nextInt(4)) {
            case 0 -> new Term<>(a.plus(b.field()), "(facts.whole + " + b.sql() + ")");
            case 1 -> new Term<>(a.minus(b.field()), "(facts.whole - (" + b.sql() + "))");
            case 2 -> new Term<>(a.mul(b.field()), "(facts.whole * " + b.sql() + ")");
            default -> new Term<>(a.mod(b.field()), "(facts.whole % " + b.sql() + ")");
        };
        return (Term<T>) sum;
    }

    private <T> Term<T> value(Column<T> column) {
        var value = randomValue(column.values());
        return new Term<>(DSL.val(value, column.field()), column.literal(value));
    }

    private <T extends @Nullable Object> T randomColumn(List<T> list) {
        return list.get(shape.nextInt(list.size()));
    }

    private <T> @Nullable T randomValue(List<@Nullable T> list) {
        return list.get(values.nextInt(list.size()));
    }

    /** Returns the conditions that a condition combines, at every depth. */
    public static Stream<Predicate> parts(Predicate predicate) {
        return predicate.parts().stream().flatMap(part -> Stream.concat(parts(part), Stream.of(part)));
    }
}
