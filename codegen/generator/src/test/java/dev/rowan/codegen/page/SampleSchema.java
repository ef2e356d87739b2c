package dev.rowan.codegen.page;

import dev.rowan.db.Changeset;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;

/** Schemas to look at. */
final class SampleSchema {

    private static final List<String> WORDS = List.of(
            "user",
            "order",
            "invoice",
            "payment",
            "article",
            "warehouse",
            "shipment",
            "customer",
            "address",
            "review",
            "session",
            "audit",
            "ticket",
            "campaign",
            "voucher",
            "supplier",
            "contract",
            "employee",
            "department",
            "calendar");

    private static final int MODULE = 16;
    private static final int HUBS = 4;

    private SampleSchema() {}

    /** Returns a shop of three tables and a view, with everything that a table may have. */
    static SchemaContent shop() {
        return new SchemaContent(
                "Shop", "com.example.shop", Optional.empty(), List.of(orderTotals(), orders(), products(), users()));
    }

    private static SchemaContent.Table users() {
        return new SchemaContent.Table(
                "users",
                false,
                "Everybody who has an account.\nAccounts are closed, never deleted.",
                "Tables.USERS",
                "UsersRecord",
                "UsersRepository",
                Optional.empty(),
                List.of(
                        column("id", "bigint unsigned", false, "auto_increment", "ULong", ""),
                        column("email", "varchar(255)", false, "", "String", "In lower case."),
                        column("name", "varchar(100)", false, "", "String", ""),
                        column("state", "enum('active','closed')", false, "default active", "UsersState", ""),
                        column("boss_id", "bigint unsigned", true, "", "ULong", "Who approves their orders."),
                        column("settings", "json", true, "", "JSON", ""),
                        column(
                                "created_at",
                                "datetime(6)",
                                false,
                                "default CURRENT_TIMESTAMP(6)",
                                "LocalDateTime",
                                "UTC."),
                        new SchemaContent.Column(
                                "version", "int", false, "default 0", "Integer", "getVersion", true, "")),
                List.of(
                        new SchemaContent.Key("PRIMARY", true, List.of("id"), "find"),
                        new SchemaContent.Key("uk_users_email", false, List.of("email"), "findByEmail")),
                List.of(foreignKey("fk_users_boss", "boss_id", "users", true, "on delete set null")),
                List.of(new SchemaContent.Index("ix_users_name", false, List.of("name", "created_at desc"))),
                List.of(
                        relation("boss", "Optional<UsersRecord>", "to one", "users", "fk_users_boss"),
                        relation("orders", "List<OrdersRecord>", "to many", "orders", "fk_orders_user"),
                        relation("usersByBoss", "List<UsersRecord>", "to many", "users", "fk_users_boss")),
                List.of(changeset("create-users"), changeset("users-have-a-boss")));
    }

    private static SchemaContent.Table orders() {
        return new SchemaContent.Table(
                "orders",
                false,
                "",
                "Tables.ORDERS",
                "OrdersRecord",
                "OrdersRepository",
                Optional.of("OrdersKey"),
                List.of(
                        column("user_id", "bigint unsigned", false, "", "ULong", ""),
                        column("number", "int", false, "", "Integer", "Counts the orders of a user."),
                        column("product_id", "int", false, "", "Integer", ""),
                        column("amount", "decimal(12,2)", false, "", "BigDecimal", "Without tax, in euros."),
                        column("placed_at", "datetime", false, "", "LocalDateTime", "")),
                List.of(new SchemaContent.Key("PRIMARY", true, List.of("user_id", "number"), "find")),
                List.of(
                        foreignKey("fk_orders_product", "product_id", "products", false, ""),
                        foreignKey("fk_orders_user", "user_id", "users", false, "on delete cascade")),
                List.of(),
                List.of(
                        relation("product", "ProductsRecord", "to one", "products", "fk_orders_product"),
                        relation("user", "UsersRecord", "to one", "users", "fk_orders_user")),
                List.of(changeset("create-orders")));
    }

    private static SchemaContent.Table products() {
        return new SchemaContent.Table(
                "products",
                false,
                "",
                "Tables.PRODUCTS",
                "ProductsRecord",
                "ProductsRepository",
                Optional.empty(),
                List.of(
                        column("id", "int", false, "auto_increment", "Integer", ""),
                        column("title", "varchar(200)", false, "", "String", "")),
                List.of(new SchemaContent.Key("PRIMARY", true, List.of("id"), "find")),
                List.of(),
                List.of(),
                List.of(),
                List.of(changeset("create-products")));
    }

    private static SchemaContent.Table orderTotals() {
        return new SchemaContent.Table(
                "order_totals",
                true,
                "",
                "Tables.ORDER_TOTALS",
                "OrderTotalsRecord",
                "OrderTotalsRepository",
                Optional.empty(),
                List.of(
                        column("user_id", "bigint unsigned", true, "", "ULong", ""),
                        column("total", "decimal(65,30)", true, "", "BigDecimal", "")),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(changeset("create-orders")));
    }

    /** Returns a schema of many tables, most of which refer to others. */
    static SchemaContent large(int size) {
        var random = new Random(7);
        var names = new TreeSet<String>();
        while (names.size() < size) {
            names.add(WORDS.get(random.nextInt(WORDS.size())) + "_" + WORDS.get(random.nextInt(WORDS.size())) + "s"
                    + (random.nextInt(3) == 0 ? "_archive" : ""));
        }
        var made = new ArrayList<>(names);
        Collections.shuffle(made, random);
        var tables = new ArrayList<SchemaContent.Table>();
        for (var i = 0; i < size; i++) {
            tables.add(table(made, i, random));
        }
        tables.sort(Comparator.comparing(SchemaContent.Table::name));
        return new SchemaContent("Enterprise", "com.example.enterprise", Optional.empty(), tables);
    }

    private static SchemaContent.Table table(List<String> names, int number, Random random) {
        var columns = new ArrayList<SchemaContent.Column>();
        columns.add(column("id", "bigint", false, "auto_increment", "Long", ""));
        var keys = new TreeSet<String>();
        for (var i = random.nextInt(4); i > 0 && number > 0; i--) {
            // to a table of the same module, or to one to which all modules refer
            var module = number / MODULE * MODULE;
            var isOutside = number == module || random.nextInt(6) == 0;
            keys.add(names.get(
                    isOutside ? random.nextInt(Math.min(number, HUBS)) : module + random.nextInt(number - module)));
        }
        keys.forEach(target -> columns.add(column(target + "_id", "bigint", random.nextBoolean(), "", "Long", "")));
        for (var i = random.nextInt(14); i > 0; i--) {
            columns.add(column(
                    WORDS.get(random.nextInt(WORDS.size())) + "_" + i,
                    "varchar(100)",
                    true,
                    "",
                    "String",
                    "Of some use."));
        }
        return new SchemaContent.Table(
                names.get(number),
                false,
                "What is known of it.",
                "Tables.T" + number,
                "T" + number + "Record",
                "T" + number + "Repository",
                Optional.empty(),
                columns,
                List.of(new SchemaContent.Key("PRIMARY", true, List.of("id"), "find")),
                keys.stream()
                        .map(target -> foreignKey("fk_" + number + "_" + target, target + "_id", target, false, ""))
                        .toList(),
                List.of(),
                List.of(),
                List.of(changeset("create-" + number)));
    }

    /** Returns tables that refer to each other, with these names and comments everywhere. */
    static SchemaContent named(List<String> names) {
        var tables = new ArrayList<SchemaContent.Table>();
        for (var name : names) {
            tables.add(new SchemaContent.Table(
                    name,
                    false,
                    name,
                    name,
                    name,
                    name,
                    Optional.of(name),
                    List.of(
                            column(name, name, true, name, name, name),
                            column("id", "enum('" + name + "')", false, "", "Integer", "")),
                    List.of(new SchemaContent.Key(name, true, List.of(name), name)),
                    List.of(new SchemaContent.ForeignKey(
                            name, List.of(name), names.get(0), List.of(names.get(0)), true, true, "")),
                    List.of(new SchemaContent.Index(name, true, List.of(name))),
                    List.of(new SchemaContent.Relation(name, name, name, "to one", names.get(0), name)),
                    List.of(new Changeset(name, name, name, Duration.ZERO, List.of()))));
        }
        return new SchemaContent(names.get(0), names.get(0), Optional.of(names.get(0)), tables);
    }

    private static SchemaContent.Column column(
            String name, String type, boolean nullable, String value, String javaType, String comment) {
        return new SchemaContent.Column(name, type, nullable, value, javaType, "get_" + name, false, comment);
    }

    private static SchemaContent.ForeignKey foreignKey(
            String name, String column, String target, boolean optional, String rules) {
        return new SchemaContent.ForeignKey(name, List.of(column), target, List.of("id"), false, optional, rules);
    }

    private static SchemaContent.Relation relation(
            String accessor, String result, String kind, String target, String through) {
        return new SchemaContent.Relation(
                accessor + "()", result, "Repository." + accessor.toUpperCase(Locale.ROOT), kind, target, through);
    }

    private static Changeset changeset(String id) {
        return new Changeset(id, "ann", "shop/changelog.sql", Duration.ZERO, List.of());
    }
}
