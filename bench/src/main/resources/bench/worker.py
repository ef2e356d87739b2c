"""The worker process of a contestant in Python. It speaks the protocol of WorkerMain; concurrent callers are threads.

It runs on Debian's python3-sqlalchemy (1.4, with the C extension of python3-sqlalchemy-ext if that is installed) and
python3-mysqldb.
"""

import itertools
import os
import sys
import threading
import time
import traceback
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from decimal import Decimal

from sqlalchemy_adapters import PAGE_SIZE, POOL_SIZE, Core, Orm

USERS = 10_000
PARENTS = 1_000


def numbered(number):
    """Returns the user with this number, as User.numbered does in Java."""
    return {
        "name": f"User {number}",
        "email": f"user{number}@example.org",
        "age": 18 + number % 60,
        "city": f"City {number % 100}",
        "balance": Decimal(number).scaleb(-2),
        "active": number % 2 == 0,
        "created_at": datetime(2026, 1, 1) + timedelta(seconds=number),
    }


class Benchmark:
    """A benchmark with the same calls, rows and order as in Benchmarks in Java. Its iterations continue one sequence."""

    def __init__(self, adapter, measure, calls, min_load_millis, customer_pages):
        self.adapter = adapter
        self.measure = measure
        self.calls = calls
        self.min_load_millis = min_load_millis
        self.customer_pages = customer_pages
        self.completed_calls = calls
        self.next = 0

    def iteration(self):
        """Runs an iteration, and returns its duration in nanoseconds and its checksum."""
        bulk = self.measure in ("insert-all", "load", "update-all", "upsert-all")
        users = [numbered(number) for number in range(1, self.calls + 1)] if bulk else []
        start = time.perf_counter_ns()
        checksum = self.run(users)
        return time.perf_counter_ns() - start, checksum

    def run(self, users):
        adapter = self.adapter
        match self.measure:
            case "find":
                return self.each(lambda: adapter.find(self.next_id()).age)
            case "insert":
                return self.each(lambda: adapter.insert(self.next_user()))
            case "update":
                return self.each(lambda: adapter.update(self.next_id(), self.next % 90))
            case "delete":
                return self.each(lambda: adapter.delete(self.next_number()))
            case "transaction-3":
                return self.each(lambda: adapter.transaction(self.next_id(), self.next % 90, numbered(USERS + self.next)))
            case "read-10000":
                return self.each(lambda: sum(row.age for row in adapter.read(USERS)))
            case "one-to-many":
                return self.each(lambda: adapter.one_to_many(PARENTS))
            case "together-find-256":
                return self.load(256, self.find_nth)
            case "together-find-256-gated":
                semaphore = threading.Semaphore(POOL_SIZE)
                return self.load(256, lambda number: self.find_throttled(semaphore, number))
            case "together-insert-256-durable":
                first = USERS + 1 + self.next
                checksum = self.load(256, lambda number: adapter.insert(numbered(first + number)) > 0)
                self.next += self.completed_calls
                return checksum
            case "together-find-1":
                return self.load(1, self.find_nth)
            case "together-find-2":
                return self.load(2, self.find_nth)
            case "insert-all" | "load":
                return adapter.insert_all(users)
            case "update-all":
                return adapter.update_all(changed(users))
            case "upsert-all":
                return adapter.upsert_all(changed(users))
            case "page-1":
                return self.each(lambda: adapter.page(0))
            case "page-1000000":
                return self.each(lambda: adapter.page((self.customer_pages - 1) * PAGE_SIZE))
            case "open":
                return self.each(self.open)

    def each(self, call):
        return sum(call() or 0 for _ in range(self.calls))

    def next_number(self):
        self.next += 1
        return self.next

    def next_user(self):
        return numbered(USERS + self.next_number())

    def next_id(self):
        return self.id(self.next_number() - 1)

    @staticmethod
    def id(number):
        return 1 + number * 7919 % USERS

    def find_nth(self, number):
        return self.adapter.find(self.id(number)).age

    def find_throttled(self, semaphore, number):
        with semaphore:
            return self.find_nth(number)

    def load(self, threads, call):
        """Generates load: threads that call with the next number of a shared sequence until the time is up."""
        end = time.perf_counter_ns() + self.min_load_millis * 1_000_000
        # thread-safe: the interpreter runs one thread at a time
        numbers = itertools.takewhile(lambda n: n < self.calls or time.perf_counter_ns() < end, itertools.count())
        with ThreadPoolExecutor(threads) as executor:
            done = list(executor.map(lambda _: [call(number) for number in numbers], range(threads)))
        self.completed_calls = sum(map(len, done))
        return sum(map(sum, done))

    def open(self):
        opened = type(self.adapter)()
        try:
            return opened.find(self.next_id()).age
        finally:
            opened.close()


def changed(users):
    """Returns the users with a higher age and balance, as User.changed does in Java."""
    return [user | {"age": user["age"] + 1, "balance": user["balance"] + 10} for user in users]


def main():
    adapter = {"sqlalchemy-orm": Orm, "sqlalchemy-core": Core}[sys.argv[1]]()
    for request in sys.stdin:
        measure, calls, warm_ups, min_load_millis, customer_pages = request.split()
        benchmark = Benchmark(adapter, measure, int(calls), int(min_load_millis), int(customer_pages))
        try:
            for _ in range(int(warm_ups)):
                benchmark.iteration()
            nanos, checksum = benchmark.iteration()
            print("result", nanos / benchmark.completed_calls, "NaN", checksum or 0, flush=True)
        except Exception as e:
            traceback.print_exc()
            print("failed", " ".join(repr(e).split()), flush=True)
    os._exit(0)  # without waiting for its threads


main()
