"""The adapters of SQLAlchemy Core and ORM: they implement what LibraryAdapter declares in Java."""

import os

from sqlalchemy import (
    Boolean, Column, DateTime, ForeignKey, Integer, MetaData, Numeric, String, Table,
    and_, bindparam, create_engine, delete, insert, or_, select, update,
)
from sqlalchemy.dialects import mysql
from sqlalchemy.engine import make_url
from sqlalchemy.orm import Session, registry, relationship, selectinload

POOL_SIZE = 8
PAGE_SIZE = 10


class Core:
    """Tables and statements. Every call is a transaction: mysqlclient turns autocommit off."""

    def __init__(self):
        url = make_url(os.environ["BENCH_URL"].removeprefix("jdbc:")).set(
            drivername="mysql+mysqldb",
            username=os.environ["BENCH_USER"],
            password=os.environ["BENCH_PASSWORD"] or None,
            query={"charset": "utf8mb4"},
        )
        if url.host == "localhost":
            url = url.set(host="127.0.0.1")  # otherwise the driver looks for a socket file
        self.engine = create_engine(url, pool_size=POOL_SIZE, max_overflow=0, pool_timeout=600, future=True)
        metadata = MetaData()
        self.users = Table(
            "users", metadata,
            Column("id", Integer, primary_key=True),
            Column("name", String(50)),
            Column("email", String(100)),
            Column("age", Integer),
            Column("city", String(50)),
            Column("balance", Numeric(12, 2)),
            Column("active", Boolean),
            Column("created_at", DateTime),
        )
        self.customers = Table(
            "customers", metadata,
            Column("id", Integer, primary_key=True),
            Column("name", String(50)),
        )
        self.orders = Table(
            "orders", metadata,
            Column("id", Integer, primary_key=True),
            Column("customer_id", ForeignKey("customers.id")),
            Column("product", String(50)),
            Column("quantity", Integer),
            Column("total", Numeric(12, 2)),
        )

    def find(self, id):
        with self.engine.connect() as connection:
            return self._find(connection, id)

    def _find(self, connection, id):
        return connection.execute(select(self.users).where(self.users.c.id == id)).one()

    def insert(self, user):
        with self.engine.begin() as connection:
            return connection.execute(insert(self.users).values(user)).inserted_primary_key[0]

    def update(self, id, age):
        with self.engine.begin() as connection:
            self._update(connection, id, age)

    def _update(self, connection, id, age):
        connection.execute(update(self.users).where(self.users.c.id == id).values(age=age))

    def delete(self, id):
        with self.engine.begin() as connection:
            connection.execute(delete(self.users).where(self.users.c.id == id))

    def transaction(self, id, age, another):
        with self.engine.begin() as connection:
            self._find(connection, id)
            self._update(connection, id, age)
            connection.execute(insert(self.users).values(another))

    def read(self, up_to):
        with self.engine.connect() as connection:
            return connection.execute(select(self.users).where(self.users.c.id <= up_to)).all()

    def one_to_many(self, up_to):
        query = select(self.customers, self.orders).join(self.orders).where(self.customers.c.id <= up_to)
        customers = {}
        with self.engine.connect() as connection:
            for row in connection.execute(query):
                customers.setdefault(row[0], []).append(row)
        return sum(row.quantity for rows in customers.values() for row in rows)

    def insert_all(self, users):
        self._many(insert(self.users), users)

    def update_all(self, users):
        self._many(update(self.users).where(self.users.c.id == bindparam("key")), self._ages_and_balances("key", users))

    @staticmethod
    def _ages_and_balances(key, users):
        """Returns the changed columns of the users, which are numbered from 1."""
        return [{key: id, "age": user["age"], "balance": user["balance"]} for id, user in enumerate(users, 1)]

    def upsert_all(self, users):
        rows = mysql.insert(self.users)
        self._many(rows.on_duplicate_key_update(age=rows.inserted.age, balance=rows.inserted.balance), users)

    def _many(self, statement, users):
        with self.engine.begin() as connection:
            connection.execute(statement, users)

    def page(self, after):
        with self.engine.connect() as connection:
            return connection.execute(self._page(self.customers, self.customers.c, after)).all()[-1].id

    @staticmethod
    def _page(entity, columns, after):
        name = f"Customer {after:08d}"
        following = or_(columns.name > name, and_(columns.name == name, columns.id > after))
        return select(entity).where(following).order_by(columns.name, columns.id).limit(PAGE_SIZE)

    def close(self):
        self.engine.dispose()


class Orm(Core):
    """Mapped classes with a session for each call; the session's bulk methods for many rows."""

    def __init__(self):
        super().__init__()

        mapping = registry()

        @mapping.mapped
        class User:
            __table__ = self.users

        @mapping.mapped
        class Order:
            __table__ = self.orders

        @mapping.mapped
        class Customer:
            __table__ = self.customers
            orders = relationship(Order)

        self.User, self.Customer = User, Customer

    def _session(self):
        return Session(self.engine, future=True, expire_on_commit=False)

    def find(self, id):
        with self._session() as session:
            return session.get(self.User, id)

    def insert(self, user):
        row = self.User(**user)
        with self._session() as session:
            session.add(row)
            session.commit()
        return row.id

    def update(self, id, age):
        self._run(update(self.User).where(self.User.id == id).values(age=age))

    def delete(self, id):
        self._run(delete(self.User).where(self.User.id == id))

    def _run(self, statement):
        with self._session() as session:
            session.execute(statement, execution_options={"synchronize_session": False})
            session.commit()

    def transaction(self, id, age, another):
        with self._session() as session:
            session.get(self.User, id).age = age
            session.add(self.User(**another))
            session.commit()

    def read(self, up_to):
        with self._session() as session:
            return session.execute(select(self.User).where(self.User.id <= up_to)).scalars().all()

    def one_to_many(self, up_to):
        query = select(self.Customer).where(self.Customer.id <= up_to).options(selectinload(self.Customer.orders))
        with self._session() as session:
            return sum(order.quantity for customer in session.execute(query).scalars() for order in customer.orders)

    def insert_all(self, users):
        with self._session() as session:
            session.bulk_insert_mappings(self.User, users)
            session.commit()

    def update_all(self, users):
        with self._session() as session:
            session.bulk_update_mappings(self.User, self._ages_and_balances("id", users))
            session.commit()

    def page(self, after):
        with self._session() as session:
            return session.execute(self._page(self.Customer, self.Customer, after)).scalars().all()[-1].id
