package dev.rowan.failure;

import static dev.rowan.shop.Tables.ORDERS;
import static dev.rowan.shop.Tables.USERS;

import dev.rowan.AllowedOrder;
import dev.rowan.Database;
import dev.rowan.OneToOne;
import dev.rowan.Projection;
import dev.rowan.ReadManyToMany;
import dev.rowan.ReadQuery;
import dev.rowan.Relation;
import dev.rowan.RelationPart;
import dev.rowan.Repository;
import dev.rowan.RowQuery;
import dev.rowan.Session;
import dev.rowan.TableQuery;
import dev.rowan.ToMany;
import dev.rowan.ToOne;
import dev.rowan.Upsert;
import dev.rowan.UpsertAll;
import dev.rowan.config.DataSourceOptions;
import dev.rowan.config.DatabaseOptions;
import dev.rowan.config.Merging;
import dev.rowan.config.Orphans;
import dev.rowan.config.RetryPolicy;
import dev.rowan.config.TransactionBridge;
import dev.rowan.config.TransactionOptions;
import dev.rowan.observe.DatabaseObserver;
import dev.rowan.record.KeyedRecord;
import dev.rowan.result.OffsetRequest;
import dev.rowan.result.PageRequest;
import dev.rowan.shop.DefaultSchema;
import dev.rowan.shop.Keys;
import dev.rowan.shop.repositories.RolesRepository;
import dev.rowan.shop.repositories.UserTotalsRepository;
import dev.rowan.shop.repositories.UsersRepository;
import dev.rowan.shop.tables.records.RolesRecord;
import dev.rowan.shop.tables.records.UsersRecord;
import dev.rowan.testing.PublicApi;
import dev.rowan.testing.SampleTable;
import dev.rowan.types.repositories.PersonsRepository;
import dev.rowan.types.tables.records.PersonsRecord;
import dev.rowan.types.tables.records.ProfilesRecord;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.Reader;
import java.io.StringReader;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Proxy;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Isolation;
import org.jooq.JSON;
import org.jooq.OrderField;
import org.jooq.Schema;
import org.jooq.Table;
import org.jooq.TableField;
import org.jooq.UniqueKey;
import org.jooq.impl.DSL;
import org.jooq.types.ULong;
import org.jspecify.annotations.Nullable;

/**
 * Every public method of core with arguments that hold values: a call for each method with the first argument of each
 * parameter, and one for each further argument. A parameter whose type has no arguments here is an error, so that a new
 * method is called too.
 */
@SuppressWarnings("NullAway") // it passes null, as callers may do
final class PublicCalls {

    /** A text that the calls write, search and compare. */
    static final String TEXT = "leaked@example.org";

    /** A number of the calls, as their key. */
    static final int NUMBER = 481_516_234;

    /** The message of the exceptions that the arguments throw. */
    static final String OF_THE_CALLER = "thrown by the caller";

    private static final String TOO_LONG = TEXT.repeat(5_000);

    /** Where the calls are made. */
    record World(Database database, @Nullable Session session, DataSource source) {

        UsersRepository users() {
            return session == null ? new UsersRepository(database) : new UsersRepository(database).in(session);
        }

        RolesRepository roles() {
            return session == null ? new RolesRepository(database) : new RolesRepository(database).in(session);
        }

        UserTotalsRepository totals() {
            return session == null
                    ? new UserTotalsRepository(database)
                    : new UserTotalsRepository(database).in(session);
        }

        SampleTable.Repo samples() {
            return session == null ? SAMPLES.repository(database) : SAMPLES.repository(session);
        }
    }

    /** Creates an argument, or the receiver of a call. */
    interface Value extends Function<World, Object> {}

    /**
     * An object whose methods are called.
     *
     * @param variables the arguments for parameters whose types are type variables, by the variable's name
     */
    private record Receiver(Class<?> type, Value value, Map<String, List<Value>> variables) {}

    /** A call of one method. */
    record Call(Method method, @Nullable Receiver receiver, List<Value> arguments) {

        @Nullable Object in(World world) throws ReflectiveOperationException {
            var target = receiver == null ? null : receiver.value().apply(world);
            return method.invoke(
                    target, arguments.stream().map(each -> each.apply(world)).toArray());
        }

        boolean isOn(Class<?> type) {
            return receiver != null && receiver.type().equals(type);
        }

        /** Returns whether the call may run a statement: not a call of an option. */
        boolean reachesServer() {
            return receiver != null && !receiver.type().getPackageName().equals("dev.rowan.config");
        }

        @Override
        public String toString() {
            return method.getDeclaringClass().getSimpleName() + "." + method.getName()
                    + Arrays.stream(method.getParameterTypes())
                            .map(Class::getSimpleName)
                            .toList();
        }
    }

    /** A table with a key of text, and a column of each type. */
    static final SampleTable SAMPLES = new SampleTable("leak_samples");

    private static final SampleTable.Key SAMPLE_KEY = new SampleTable.Key("leaked", ULong.valueOf(NUMBER));

    private PublicCalls() {}

    /** Fills the tables with the rows that the calls meet. */
    static void restore(Database database) {
        database.transaction(session -> {
            session.dsl().execute("update users set inviter_id = null");
            for (var table : List.of("order_items", "orders", "user_roles", "roles", "users", "leak_samples")) {
                session.dsl().execute("delete from " + table);
            }
            var world = new World(database, session, null);
            world.users().insert(user(1));
            world.users().insert(user(NUMBER).setEmail("2" + TEXT).setInviterId(1));
            world.roles().insert(role -> role.setId(NUMBER).setName(TEXT));
            world.samples().insert(sample());
        });
    }

    /** Returns the calls with the first argument of each parameter; with the further ones, too, if asked for. */
    static List<Call> list(boolean allArguments) {
        var calls = new ArrayList<Call>();
        for (var receiver : receivers()) {
            for (var method : methods(receiver.type())) {
                addCalls(calls, method, receiver, allArguments);
            }
        }
        for (var type : PublicApi.types()) {
            for (var method : type.getDeclaredMethods()) {
                if (Modifier.isStatic(method.getModifiers()) && isCalled(method)) {
                    addCalls(calls, method, null, allArguments);
                }
            }
        }
        return calls;
    }

    /** Returns the public methods that none of the calls reaches. */
    static List<String> missing(Collection<Call> calls) {
        var reached = calls.stream().map(call -> call.method().toString()).toList();
        return PublicApi.types().stream()
                .flatMap(type -> Arrays.stream(type.getDeclaredMethods()))
                .filter(PublicCalls::isCalled)
                .map(Method::toString)
                .filter(method -> !reached.contains(method))
                .toList();
    }

    /**
     * Exceptions and results are read, not called; bindings are called by jOOQ, with each row of {@link #SAMPLES}, and
     * a participant by the manager of the transaction.
     */
    private static boolean isCalled(Method method) {
        var type = method.getDeclaringClass();
        var modifiers = method.getModifiers();
        return Modifier.isPublic(modifiers)
                && !Modifier.isAbstract(modifiers)
                && !method.isSynthetic()
                && !type.isEnum()
                && (!type.isRecord() || method.getParameterCount() > 0)
                && !Throwable.class.isAssignableFrom(type)
                && !type.getPackageName().equals("dev.rowan.type")
                && !type.equals(TransactionBridge.Participant.class)
                && !method.getName().equals("equals");
    }

    private static List<Method> methods(Class<?> type) {
        return Arrays.stream(type.getMethods())
                .filter(method -> method.getDeclaringClass().getName().startsWith("dev.rowan."))
                .filter(method -> !Modifier.isStatic(method.getModifiers()))
                .filter(method -> !method.isSynthetic() && !method.isBridge())
                // what all projections have is called on one of them
                .filter(method -> type.getSuperclass() != Projection.class
                        || method.getDeclaringClass().equals(type))
                .filter(method -> !KeyedRecord.class.isAssignableFrom(method.getDeclaringClass())
                        || method.getDeclaringClass().equals(KeyedRecord.class))
                .toList();
    }

    private static void addCalls(List<Call> calls, Method method, @Nullable Receiver receiver, boolean allArguments) {
        var variables = receiver == null ? Map.<String, List<Value>>of() : receiver.variables();
        var choices = Arrays.stream(method.getGenericParameterTypes())
                .map(type -> arguments(method, type, variables))
                .toList();
        var first = choices.stream().map(List::getFirst).toList();
        calls.add(new Call(method, receiver, first));
        if (!allArguments) {
            return;
        }
        for (int i = 0; i < choices.size(); i++) {
            for (var other : choices.get(i).subList(1, choices.get(i).size())) {
                var arguments = new ArrayList<>(first);
                arguments.set(i, other);
                calls.add(new Call(method, receiver, arguments));
            }
        }
    }

    private static List<Receiver> receivers() {
        var users = Map.of("R", records(), "C", records(), "P", records(), "K", values(NUMBER, -7, null));
        var roles = Map.of("R", records(), "C", each(world -> new RolesRecord().setName(TEXT)));
        var samples = Map.of(
                "R",
                each(world -> sample(), world -> SAMPLES.record(), of(null)),
                "K",
                values(SAMPLE_KEY, new SampleTable.Key(TOO_LONG, ULong.valueOf(1)), null));
        var totals = Map.of("R", each(world -> world.totals().all().first().orElseThrow()));
        var persons = Map.of(
                "R", values(new PersonsRecord().setName(TEXT)), "C", values(new ProfilesRecord().setMotto(TEXT)));
        var receivers = new ArrayList<>(List.of(
                new Receiver(Database.class, World::database, users),
                new Receiver(UsersRepository.class, World::users, users),
                new Receiver(SampleTable.Repo.class, World::samples, samples),
                new Receiver(UserTotalsRepository.class, World::totals, totals),
                new Receiver(ReadQuery.class, world -> world.totals().all(), totals),
                new Receiver(TableQuery.class, world -> world.users().all(), users),
                new Receiver(TableQuery.class, world -> world.users().where(USERS.EMAIL.eq(TEXT)), users),
                new Receiver(TableQuery.class, world -> world.users().where(invalid()), users),
                new Receiver(
                        Projection.class, world -> world.users().all().select(USERS.EMAIL, DSL.val(TEXT)), Map.of()),
                new Receiver(
                        Projection.class,
                        world -> world.users().where(invalid()).select(USERS.EMAIL),
                        Map.of()),
                new Receiver(Upsert.class, world -> world.users().upsert(user(7)), users),
                new Receiver(UpsertAll.class, world -> world.users().upsertAll(List.of(user(7), user(8))), users),
                new Receiver(ToOne.class, of(UsersRepository.INVITER), users),
                new Receiver(ToMany.class, of(UsersRepository.USERS_BY_INVITER), users),
                new Receiver(
                        RelationPart.class,
                        world -> UsersRepository.USERS_BY_INVITER.where(USERS.EMAIL.eq(TEXT)),
                        users),
                new Receiver(UsersRepository.ROLES.getClass(), of(UsersRepository.ROLES), roles),
                new Receiver(ReadManyToMany.class, of(PersonsRepository.PERSONS_BY_FRIENDSHIPS), persons),
                new Receiver(OneToOne.class, of(PersonsRepository.PROFILES), persons),
                new Receiver(UsersRecord.class, world -> user(NUMBER), users),
                new Receiver(
                        DatabaseOptions.class,
                        of(DatabaseOptions.of("jdbc:mysql://localhost/shop", "app", TEXT)),
                        Map.of()),
                new Receiver(DataSourceOptions.class, of(DataSourceOptions.standard()), Map.of()),
                new Receiver(RetryPolicy.class, of(RetryPolicy.standard()), Map.of()),
                new Receiver(TransactionOptions.class, of(TransactionOptions.standard()), Map.of())));
        receivers.add(new Receiver(Session.class, World::session, users));
        receivers.add(new Receiver(AllowedOrder.class, of(AllowedOrder.of(USERS.NAME)), Map.of()));
        projections().forEach(receivers::add);
        return receivers;
    }

    /** Returns the projections to each number of fields. */
    private static Stream<Receiver> projections() {
        return Arrays.stream(ReadQuery.class.getMethods())
                .filter(method -> method.getName().equals("select") && !method.isVarArgs())
                .map(method -> new Receiver(
                        method.getReturnType(),
                        world -> {
                            try {
                                return method.invoke(world.users().all(), fields(method.getParameterCount()));
                            } catch (ReflectiveOperationException e) {
                                throw new LinkageError("The projections can be called.", e);
                            }
                        },
                        Map.of()));
    }

    private static Object[] fields(int number) {
        return IntStream.range(0, number)
                .mapToObj(i -> DSL.val(TEXT).as("f" + i))
                .toArray();
    }

    private static Value of(@Nullable Object value) {
        return world -> value;
    }

    private static List<Value> each(Value... values) {
        return List.of(values);
    }

    private static List<Value> values(@Nullable Object... values) {
        return Arrays.stream(values).map(PublicCalls::of).toList();
    }

    private static Condition invalid() {
        return DSL.condition("no_such_function({0}) = {1}", DSL.val(TEXT), DSL.val(NUMBER));
    }

    /** A user whose email is taken, and whose other columns are full of values. */
    private static UsersRecord user(int id) {
        return new UsersRecord()
                .setId(id)
                .setName(TEXT)
                .setEmail(TEXT)
                .setAge(31)
                .setPreferences(JSON.valueOf("{\"mail\": \"" + TEXT + "\"}"));
    }

    private static SampleTable.SamplesRecord sample() {
        var record = SAMPLES.record();
        record.set(SAMPLES.code, SAMPLE_KEY.code());
        record.set(SAMPLES.number, SAMPLE_KEY.number());
        record.set(SAMPLES.text, TEXT);
        record.set(SAMPLES.bytes, TEXT.getBytes(StandardCharsets.UTF_8));
        record.set(SAMPLES.document, JSON.valueOf("{\"mail\": \"" + TEXT + "\"}"));
        record.set(SAMPLES.whole, NUMBER);
        record.set(SAMPLES.latin, TEXT);
        return record;
    }

    private static List<Value> records() {
        return List.of(
                world -> user(NUMBER),
                world -> user(8),
                world -> user(9).setEmail(TOO_LONG),
                world -> user(9).setEmail(TEXT + "\uD83D"),
                world -> user(9).setEmail(null).setAge(NUMBER),
                world -> user(9).setEmail(null).setInviterId(NUMBER + 1),
                world -> user(9).setEmail(null).setStatus(null),
                world -> user(9).setEmail(null).setPreferences(JSON.valueOf(TEXT)),
                world -> read(world).setName(TOO_LONG),
                world -> read(world).setAge(NUMBER),
                PublicCalls::read,
                world -> new UsersRecord(),
                of(null));
    }

    /** A record as it was read, though nobody reads it now. */
    private static UsersRecord read(World world) {
        var record = user(NUMBER);
        record.setEmail("2" + TEXT).setInviterId(1).setVersion(0);
        record.touched(false);
        return record;
    }

    private static List<Value> consumers() {
        Consumer<Object> fill = PublicCalls::fill;
        Consumer<Object> fillTooLong = record -> {
            if (record instanceof UsersRecord user) {
                user.setName(TOO_LONG);
            } else if (record instanceof SampleTable.SamplesRecord sample) {
                sample.set(SAMPLES.code, TOO_LONG);
            }
        };
        Consumer<Object> fail = record -> {
            throw new IllegalStateException(OF_THE_CALLER);
        };
        Consumer<Object> nothing = record -> {};
        return values(fill, fillTooLong, fail, nothing, null);
    }

    private static void fill(Object record) {
        if (record instanceof UsersRecord user) {
            user.setEmail(TEXT).setName(TEXT).setAge(NUMBER);
        } else if (record instanceof SampleTable.SamplesRecord sample) {
            sample.from(sample());
        }
    }

    /** A thread always has a transaction of other code's. */
    private static final TransactionBridge JOINED = new TransactionBridge() {
        @Override
        public Optional<Begun> begin(TransactionOptions options, boolean readOnly) {
            return Optional.empty();
        }

        @Override
        public boolean isBound() {
            return true;
        }

        @Override
        public void register(Participant participant) {}
    };

    private static List<Value> arguments(Method method, Type type, Map<String, List<Value>> variables) {
        var name = type.getTypeName();
        if (variables.containsKey(name)) {
            return variables.get(name);
        }
        return type instanceof ParameterizedType generic
                ? generic(method, generic, variables)
                : plain(method, (Class<?>) (type instanceof Class<?> ? type : erased(method, type)));
    }

    private static Class<?> erased(Method method, Type type) {
        return method.getParameterTypes()[
                Arrays.asList(method.getGenericParameterTypes()).indexOf(type)];
    }

    private static List<Value> generic(Method method, ParameterizedType type, Map<String, List<Value>> variables) {
        var raw = (Class<?>) type.getRawType();
        var argument = type.getActualTypeArguments()[0].getTypeName().replaceFirst("^\\? (?:extends|super) ", "");
        if (raw.equals(Collection.class) && argument.startsWith(OrderField.class.getName())) {
            return values(List.of(USERS.NAME), List.of(DSL.field("no_such({0})", DSL.val(TEXT))), null);
        }
        if (raw.equals(Collection.class)) {
            return variables.get(argument).stream().map(PublicCalls::collection).toList();
        }
        if (raw.equals(Stream.class)) {
            return variables.get(argument).stream()
                    .map(each -> (Value) world -> Stream.of(each.apply(world)))
                    .toList();
        }
        if (raw.equals(Consumer.class)) {
            return consumers();
        }
        if (raw.equals(Function.class)) {
            Function<Object, Object> failing = row -> {
                throw new IllegalStateException(OF_THE_CALLER);
            };
            return values(Function.identity(), failing, null);
        }
        if (raw.getName().startsWith("org.jooq.Function")) {
            return values(mapper(raw, () -> TEXT), mapper(raw, PublicCalls::fail), null);
        }
        if (raw.equals(UnaryOperator.class)) {
            return values(UnaryOperator.identity(), null);
        }
        if (raw.equals(ToMany.class)) {
            return values(UsersRepository.USERS_BY_INVITER);
        }
        if (raw.equals(ToOne.class)) {
            return values(UsersRepository.INVITER);
        }
        if (raw.equals(Relation.class)) {
            return relations(method);
        }
        if (raw.equals(UniqueKey.class)) {
            return values(Keys.KEY_USERS_UK_USERS_EMAIL, Keys.KEY_USERS_PRIMARY, Keys.KEY_ROLES_UK_ROLES_NAME, null);
        }
        if (raw.equals(TableField.class)) {
            return argument.equals("byte[]")
                            || type.getActualTypeArguments()[1].getTypeName().equals("byte[]")
                    ? values(SAMPLES.bytes, null)
                    : values(SAMPLES.text, SAMPLES.latin, null);
        }
        if (raw.equals(Field.class)) {
            return values(USERS.EMAIL, DSL.val(TEXT), ORDERS.NOTE, DSL.field("no_such({0})", DSL.val(TEXT)), null);
        }
        return plain(method, raw);
    }

    /** Returns a function of any number of values. */
    private static Object mapper(Class<?> type, Supplier<Object> result) {
        return Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, values) -> result.get());
    }

    private static Object fail() {
        throw new IllegalStateException(OF_THE_CALLER);
    }

    private static Value collection(Value element) {
        return world -> new ArrayList<>(Arrays.asList(element.apply(world), element.apply(world)));
    }

    private static List<Value> relations(Method method) {
        return method.getDeclaringClass().equals(ReadQuery.class)
                ? values((Object) null)
                : values(
                        UsersRepository.INVITER,
                        UsersRepository.ROLES,
                        UsersRepository.USERS_BY_INVITER.where(USERS.EMAIL.eq(TEXT)),
                        UsersRepository.USERS_BY_INVITER.where(invalid()),
                        null);
    }

    private static List<Value> plain(Method method, Class<?> type) {
        if (type.equals(int.class)) {
            return values(1, 0, -7, 4_000);
        }
        if (type.equals(long.class)) {
            return values(1L, 0L, -7L, (long) NUMBER);
        }
        if (type.equals(String.class)) {
            return strings(method);
        }
        if (type.equals(Condition.class)) {
            return values(USERS.EMAIL.eq(TEXT), invalid(), ORDERS.NOTE.eq(TEXT), USERS.AGE.eq(NUMBER), null);
        }
        if (type.equals(OrderField[].class)) {
            return Stream.of(
                            new OrderField<?>[] {USERS.NAME},
                            new OrderField<?>[] {DSL.field("no_such({0})", DSL.val(TEXT))},
                            new OrderField<?>[] {null},
                            null)
                    .map(PublicCalls::of)
                    .toList();
        }
        if (type.equals(Field[].class)) {
            return Stream.of(
                            new Field<?>[] {USERS.NAME, DSL.val(TEXT)},
                            new Field<?>[] {DSL.field("no_such({0})", DSL.val(TEXT))},
                            new Field<?>[] {null},
                            null)
                    .map(PublicCalls::of)
                    .toList();
        }
        if (type.equals(TableField[].class)) {
            return Stream.of(new TableField<?, ?>[] {USERS.NAME, USERS.AGE}, new TableField<?, ?>[] {null}, null)
                    .map(PublicCalls::of)
                    .toList();
        }
        if (type.equals(OffsetRequest.class)) {
            return values(OffsetRequest.page(1, 1), new OffsetRequest(3, 2), null);
        }
        if (type.equals(InputStream.class)) {
            return List.of(
                    world -> new ByteArrayInputStream(TEXT.getBytes(StandardCharsets.UTF_8)),
                    world -> InputStream.nullInputStream(),
                    of(null));
        }
        if (type.equals(Reader.class)) {
            return List.of(
                    world -> new StringReader(TEXT),
                    world -> new StringReader(TEXT + "\uD83D"),
                    world -> new StringReader(TOO_LONG),
                    of(null));
        }
        if (type.equals(PageRequest.class)) {
            return List.of(of(PageRequest.first(1)), PublicCalls::nextPage, of(PageRequest.at(TEXT, 3)), of(null));
        }
        if (type.equals(Session.class)) {
            return List.of(World::session);
        }
        if (type.equals(DatabaseOptions.class)) {
            return Stream.of(
                            "jdbc:mysql://localhost:1/shop",
                            "jdbc:mysql://localhost:1/shop?password=" + TEXT,
                            "jdbc:mysql://" + TEXT + ":" + TEXT + "@localhost:1/shop",
                            "jdbc:mysql://(host=localhost,password=" + TEXT + ")/shop",
                            "jdbc:mysql://localhost:1/shop?noSuchProperty=" + TEXT,
                            "jdbc:no-such:" + TEXT)
                    .map(url -> (Value) world -> DatabaseOptions.of(url, "app", TEXT)
                            .withConnectTimeout(Duration.ofMillis(200))
                            .withPoolTimeout(Duration.ofMillis(250)))
                    .toList();
        }
        if (type.equals(DataSourceOptions.class)) {
            return values(DataSourceOptions.standard(), null);
        }
        if (type.equals(DatabaseObserver.class)) {
            return values(new PrintingObserver(System.out), null);
        }
        if (type.equals(TransactionBridge.class)) {
            return values(JOINED, null);
        }
        if (type.equals(DataSource.class)) {
            return List.of(World::source, of(null));
        }
        if (type.equals(Schema.class)) {
            return values(DefaultSchema.DEFAULT_SCHEMA, null);
        }
        if (type.equals(TransactionOptions.class)) {
            return values(
                    TransactionOptions.named("check-out"),
                    TransactionOptions.standard().withAutoFlush(),
                    TransactionOptions.standard().withTimeout(Duration.ofNanos(1)),
                    null);
        }
        if (type.equals(Duration.class)) {
            return values(Duration.ofSeconds(3), Duration.ZERO, Duration.ofSeconds(-1), null);
        }
        if (type.equals(RetryPolicy.class)) {
            return values(RetryPolicy.never(), null);
        }
        if (type.equals(Merging.class)) {
            return values(Merging.ALL, null);
        }
        if (type.equals(Orphans.class)) {
            return values(Orphans.DELETE, null);
        }
        if (type.equals(Isolation.class)) {
            return values(Isolation.SERIALIZABLE, null);
        }
        if (type.equals(Runnable.class)) {
            Runnable fails = () -> {
                throw new IllegalStateException(OF_THE_CALLER);
            };
            return values((Runnable) () -> {}, fails, null);
        }
        if (type.equals(Object.class)) {
            return values(TEXT);
        }
        return bodies(type);
    }

    /** Names are shown: a name is never a value here. */
    private static List<Value> strings(Method method) {
        return switch (method.getName()) {
            case "named", "withName" -> values("check-out", "", null);
            case "of" -> values("jdbc:mysql://localhost/shop", null);
            default -> values(TEXT, TOO_LONG, "", null);
        };
    }

    /** The token of a page that was read, whose text holds the position, and a changed one. */
    private static PageRequest nextPage(World world) {
        var page = world.users().all().orderBy(USERS.EMAIL).page(PageRequest.first(1));
        return page.next().orElseThrow();
    }

    private static List<Value> bodies(Class<?> type) {
        if (type.equals(Session.Body.class)) {
            return sessions().stream()
                    .map(each -> of((Session.Body<RuntimeException>) each::accept))
                    .toList();
        }
        if (type.equals(Session.ResultBody.class)) {
            return sessions().stream()
                    .map(each -> of((Session.ResultBody<Object, RuntimeException>) session -> {
                        each.accept(session);
                        return TEXT;
                    }))
                    .toList();
        }
        if (type.equals(RowQuery.StreamBody.class)) {
            RowQuery.StreamBody<Object, Object, RuntimeException> reading = Stream::toList;
            RowQuery.StreamBody<Object, Object, RuntimeException> failing = rows -> {
                throw new IllegalStateException(OF_THE_CALLER);
            };
            return values(reading, failing, null);
        }
        if (type.equals(Repository.ContentBody.class)) {
            Repository.ContentBody<Object, Object, RuntimeException> reading = Object::getClass;
            Repository.ContentBody<Object, Object, RuntimeException> failing = content -> {
                throw new IllegalStateException(OF_THE_CALLER);
            };
            return values(reading, failing, null);
        }
        throw new IllegalStateException("Add arguments for parameters of type " + type.getName() + ".");
    }

    /** What is done in a session: by records that it writes, and by jOOQ's queries. */
    private static List<Consumer<Session>> sessions() {
        return List.of(
                session -> session.dsl().execute("insert into users (email) values (?)", TEXT),
                session -> {
                    session.add(user(9));
                    session.flush();
                },
                session -> session.add(user(9).setEmail(TOO_LONG)),
                session -> session.dsl().fetch("select no_such(?)", TEXT),
                session -> session.dsl()
                        .batch(
                                DSL.insertInto(USERS, USERS.EMAIL).values(TEXT),
                                DSL.update(USERS).set(USERS.EMAIL, TEXT))
                        .execute(),
                session -> session.dsl()
                        .selectFrom((Table<?>) USERS)
                        .where(invalid())
                        .fetch(),
                session -> session.dsl().connection(connection -> {
                    try (var statement = connection.createStatement()) {
                        statement.execute("insert into users (email) values ('" + TEXT + "')");
                    }
                }),
                session -> {
                    throw new IllegalStateException(OF_THE_CALLER);
                });
    }
}
