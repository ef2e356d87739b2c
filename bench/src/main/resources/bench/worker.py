"""The process of a contestant in Python, with the same commands and answers as ContestantMain's; many callers are threads.

It runs on Debian's python3-sqlalchemy (1.4, with the C extension of python3-sqlalchemy-ext where that is installed) and
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

from sqlalchemy_peers import PAGE, POOL, Core, Orm

USERS = 10_000
PARENTS = 1_000


def numbered(number):
    """A user as User.numbered makes it."""
    return {
        "name": f"User {number}",
        "email": f"user{number}@example.org",
        "age": 18 + number % 60,
        "city": f"City {number % 100}",
        "balance": Decimal(number).scaleb(-2),
        "active": number % 2 == 0,
        "created_at": datetime(2026, 1, 1) + timedelta(seconds=number),
    }


class Turns:
    """What Benchmarks does, with the same rows in the same order; an iteration goes on where the one before it ended."""

    def __init__(self, contestant, measure, calls, millis, pages):
        self.contestant = contestant
        self.measure = measure
        self.calls = calls
        self.millis = millis
        self.pages = pages
        self.made = calls
        self.next = 0

    def iteration(self):
        """Returns how long it took, in nanoseconds, and what was read, as one number."""
        many = self.measure in ("insert-all", "load", "update-all", "upsert-all")
        users = [numbered(number) for number in range(1, self.calls + 1)] if many else []
        start = time.perf_counter_ns()
        answer = self.work(users)
        return time.perf_counter_ns() - start, answer

    def work(self, users):
        contestant = self.contestant
        match self.measure:
            case "find":
                return self.each(lambda: contestant.find(self.any()).age)
            case "insert":
                return self.each(lambda: contestant.insert(self.new()))
            case "update":
                return self.each(lambda: contestant.update(self.any(), self.next % 90))
            case "delete":
                return self.each(lambda: contestant.delete(self.following()))
            case "transaction-3":
                return self.each(lambda: contestant.transaction(self.any(), self.next % 90, numbered(USERS + self.next)))
            case "read-10000":
                return self.each(lambda: sum(row.age for row in contestant.read(USERS)))
            case "one-to-many":
                return self.each(lambda: contestant.one_to_many(PARENTS))
            case "together-find-256":
                return self.volley(256, self.find_nth)
            case "together-find-256-gated":
                gate = threading.Semaphore(POOL)
                return self.volley(256, lambda number: self.behind(gate, number))
            case "together-insert-256-durable":
                first = USERS + 1 + self.next
                answer = self.volley(256, lambda number: contestant.insert(numbered(first + number)) > 0)
                self.next += self.made
                return answer
            case "together-find-1":
                return self.volley(1, self.find_nth)
            case "together-find-2":
                return self.volley(2, self.find_nth)
            case "insert-all" | "load":
                return contestant.insert_all(users)
            case "update-all":
                return contestant.update_all(changed(users))
            case "upsert-all":
                return contestant.upsert_all(changed(users))
            case "page-1":
                return self.each(lambda: contestant.page(0))
            case "page-1000000":
                return self.each(lambda: contestant.page((self.pages - 1) * PAGE))
            case "open":
                return self.each(self.open)

    def each(self, call):
        return sum(call() or 0 for _ in range(self.calls))

    def following(self):
        self.next += 1
        return self.next

    def new(self):
        return numbered(USERS + self.following())

    def any(self):
        return self.nth(self.following() - 1)

    @staticmethod
    def nth(number):
        return 1 + number * 7919 % USERS

    def find_nth(self, number):
        return self.contestant.find(self.nth(number)).age

    def behind(self, gate, number):
        with gate:
            return self.find_nth(number)

    def volley(self, threads, call):
        """Calls by threads, each of which takes the next number when it has done one, until the time is up."""
        end = time.perf_counter_ns() + self.millis * 1_000_000
        # gives each number once: the interpreter lets one thread in at a time
        numbers = itertools.takewhile(lambda n: n < self.calls or time.perf_counter_ns() < end, itertools.count())
        with ThreadPoolExecutor(threads) as executor:
            done = list(executor.map(lambda _: [call(number) for number in numbers], range(threads)))
        self.made = sum(map(len, done))
        return sum(map(sum, done))

    def open(self):
        another = type(self.contestant)()
        try:
            return another.find(self.any()).age
        finally:
            another.close()


def changed(users):
    """Users a year older and ten richer."""
    return [user | {"age": user["age"] + 1, "balance": user["balance"] + 10} for user in users]


def main():
    contestant = {"sqlalchemy-orm": Orm, "sqlalchemy-core": Core}[sys.argv[1]]()
    for command in sys.stdin:
        measure, calls, warmups, millis, pages = command.split()
        turns = Turns(contestant, measure, int(calls), int(millis), int(pages))
        try:
            for _ in range(int(warmups)):
                turns.iteration()
            nanos, answer = turns.iteration()
            print("did", nanos / turns.made, "NaN", answer or 0, flush=True)
        except Exception as e:
            traceback.print_exc()
            print("failed", " ".join(repr(e).split()), flush=True)
    os._exit(0)  # whatever its threads do


main()
