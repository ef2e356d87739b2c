package dev.rowan.write;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rowan.result.UpsertCounts;
import dev.rowan.result.UpsertResult.Outcome;
import dev.rowan.shop.Keys;
import dev.rowan.shop.repositories.RolesRepository;
import dev.rowan.shop.repositories.UserRolesRepository;
import dev.rowan.shop.repositories.UsersRepository;
import dev.rowan.shop.tables.records.OrderItemsRecord;
import dev.rowan.shop.tables.records.RolesRecord;
import dev.rowan.shop.tables.records.UserRolesRecord;
import dev.rowan.shop.tables.records.UsersRecord;
import dev.rowan.testing.ShopDatabase;
import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Upserts of tables with triggers, which hide the key that an upsert reports. */
class UpsertTriggerTest {

    @RegisterExtension
    static final ShopDatabase SHOP = new ShopDatabase();

    private final UsersRepository users = SHOP.users();
    private final RolesRepository roles = SHOP.roles();

    @BeforeAll
    static void createTriggers() {
        var dsl = SHOP.database().dsl();
        dsl.execute("create table changes (id int auto_increment primary key, what varchar(20))");
        dsl.execute("create trigger users_before before update on users for each row set new.newsletter = true");
        dsl.execute("create trigger roles_after after update on roles for each row"
                + " insert into changes (what) values ('role')");
        dsl.execute("create trigger roles_insert before insert on roles for each row"
                + " insert into changes (what) values ('new role')");
        dsl.execute("create trigger items_after after update on order_items for each row"
                + " insert into changes (what) values ('item')");
        dsl.execute("create trigger grants_before before update on user_roles for each row"
                + " insert into changes (what) values ('grant')");
        dsl.execute("create trigger orders_after after update on orders for each row"
                + " insert into changes (what) values ('order')");
    }

    @Test
    void theOutcomeAndTheIdAreRightWhereTheServerGeneratesTheId() {
        var ann = users.upsert(u -> u.setEmail("ann@example.org").setAge(31).setNewsletter(true))
                .on(Keys.KEY_USERS_UK_USERS_EMAIL);
        assertEquals(Outcome.INSERTED, ann.outcome());
        var unchanged =
                users.upsert(u -> u.setEmail("ann@example.org").setAge(31)).on(Keys.KEY_USERS_UK_USERS_EMAIL);
        assertEquals(Outcome.UNCHANGED, unchanged.outcome());
        assertEquals(ann.record().getId(), unchanged.record().getId());
        var updated =
                users.upsert(u -> u.setEmail("ann@example.org").setAge(32)).on(Keys.KEY_USERS_UK_USERS_EMAIL);
        assertEquals(Outcome.UPDATED, updated.outcome());
        assertEquals(ann.record().getId(), updated.record().getId());
        var other = users.upsert(u -> u.setEmail("bob@example.org")).on(Keys.KEY_USERS_UK_USERS_EMAIL);
        assertEquals(Outcome.INSERTED, other.outcome());
        assertEquals("bob@example.org", users.get(other.record().getId()).getEmail());
    }

    @Test
    void aTriggerThatInsertsElsewhereChangesNothing() {
        var clerk = roles.upsert(r -> r.setName("clerk")).on(Keys.KEY_ROLES_UK_ROLES_NAME);
        assertEquals(Outcome.INSERTED, clerk.outcome());
        assertEquals("clerk", roles.get(clerk.record().getId()).getName());
        var again = roles.upsert(r -> r.setName("clerk")).on(Keys.KEY_ROLES_UK_ROLES_NAME);
        assertEquals(Outcome.UNCHANGED, again.outcome());
        assertEquals(clerk.record().getId(), again.record().getId());
    }

    @Test
    void theOutcomeIsRightWhereTheCallerGivesTheKey() {
        var ann = SHOP.user("Ann", 31);
        var uuid = UUID.randomUUID();
        var order = SHOP.orders()
                .upsert(o -> o.setUserId(ann.getId()).setUuid(uuid))
                .on(Keys.KEY_ORDERS_UK_ORDERS_UUID)
                .record();
        var item = new OrderItemsRecord()
                .setOrderId(order.getId())
                .setLineNo(1)
                .setProduct("pen")
                .setPrice(BigDecimal.ONE);
        var items = SHOP.items();
        var key = Keys.KEY_ORDER_ITEMS_PRIMARY;
        assertEquals(Outcome.INSERTED, items.upsert(item).on(key).outcome());
        assertEquals(Outcome.UNCHANGED, items.upsert(item).on(key).outcome());
        assertEquals(
                Outcome.UPDATED, items.upsert(item.setProduct("ink")).on(key).outcome());
        assertEquals(
                Outcome.INSERTED,
                items.upsert(item.copy().setOrderId(order.getId()).setLineNo(2))
                        .on(key)
                        .outcome());
    }

    @Test
    void theOutcomeIsRightWhereTheKeyIsAllThereIs() {
        var grants = new UserRolesRepository(SHOP.database());
        var ann = SHOP.user("Ann", 31);
        var role = roles.insert(r -> r.setName("admin"));
        var key = Keys.KEY_USER_ROLES_PRIMARY;
        var at = LocalDateTime.of(2024, 1, 1, 0, 0);
        for (int i = 0; i < 3; i++) {
            var grant = new UserRolesRecord().setUserId(ann.getId()).setRoleId(role.getId());
            assertEquals(
                    i == 0 ? Outcome.INSERTED : Outcome.UNCHANGED,
                    grants.upsert(grant).on(key).outcome());
        }
        var later = new UserRolesRecord()
                .setUserId(ann.getId())
                .setRoleId(role.getId())
                .setGrantedAt(at);
        assertEquals(Outcome.UPDATED, grants.upsert(later).on(key).outcome());
    }

    @Test
    void theCountsOfUpsertAllAreRightUnderTriggers() {
        var names = IntStream.range(0, 5).mapToObj(i -> "role " + i).toList();
        Supplier<List<RolesRecord>> records = () ->
                names.stream().map(name -> new RolesRecord().setName(name)).toList();
        roles.insert(r -> r.setName("role 3"));
        var byName = Keys.KEY_ROLES_UK_ROLES_NAME;
        assertEquals(new UpsertCounts(4, 0, 1), roles.upsertAll(records.get()).on(byName));
        assertEquals(new UpsertCounts(0, 0, 5), roles.upsertAll(records.get()).on(byName));

        var grants = new UserRolesRepository(SHOP.database());
        var ann = SHOP.user("Ann", 31);
        var granted = roles.all()
                .list(role -> new UserRolesRecord().setUserId(ann.getId()).setRoleId(role.getId()));
        var byKey = Keys.KEY_USER_ROLES_PRIMARY;
        grants.upsert(granted.getFirst()).on(byKey);
        assertEquals(new UpsertCounts(4, 0, 1), grants.upsertAll(granted).on(byKey));
        granted.forEach(grant -> grant.setGrantedAt(LocalDateTime.of(2024, 1, 1, 0, 0)));
        assertEquals(new UpsertCounts(0, 5, 0), grants.upsertAll(granted).on(byKey));
    }

    @Test
    void updatesOfManyRowsCountAsNoInserts() {
        var emails = List.of("a@example.org", "b@example.org", "c@example.org");
        emails.forEach(email -> users.insert(u -> u.setEmail(email).setAge(1)));
        Function<Integer, List<UsersRecord>> aged = age -> emails.stream()
                .map(email -> new UsersRecord().setEmail(email).setAge(age))
                .toList();

        assertEquals(new UpsertCounts(0, 3, 0), users.upsertAll(aged.apply(2)).on(Keys.KEY_USERS_UK_USERS_EMAIL));
        var more = new ArrayList<>(aged.apply(3));
        more.add(1, new UsersRecord().setEmail("new@example.org").setAge(3));
        assertEquals(new UpsertCounts(1, 3, 0), users.upsertAll(more).on(Keys.KEY_USERS_UK_USERS_EMAIL));
    }

    @Test
    void rowsWhoseKeyATriggerChangesAreRefusedWhole() {
        var dsl = SHOP.database().dsl();
        dsl.execute("create trigger users_trim before insert on users for each row set new.email = trim(new.email)");
        try {
            var records = List.of(
                    new UsersRecord().setEmail("ann@example.org"), new UsersRecord().setEmail(" bob@example.org"));
            var refused = assertThrows(
                    IllegalStateException.class, () -> users.upsertAll(records).on(Keys.KEY_USERS_UK_USERS_EMAIL));
            assertTrue(String.valueOf(refused.getMessage()).contains("A trigger changes this key"), refused.toString());
            assertEquals(0, users.all().count());
        } finally {
            dsl.execute("drop trigger users_trim");
        }
    }
}
