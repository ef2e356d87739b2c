package dev.rowan.spring.test;

import dev.rowan.Session;
import dev.rowan.spring.test.schema.repositories.UsersRepository;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** A service as its developers write it. */
@Service
class Accounts {

    private final UsersRepository users;
    private final Session session;

    Accounts(UsersRepository users, Session session) {
        this.users = users;
        this.session = session;
    }

    @Transactional
    int add(String name) {
        return users.in(session).insertAndGet(u -> u.setName(name)).getId();
    }

    @Transactional
    void rename(int id, String name) {
        users.in(session).get(id).setName(name);
    }
}
