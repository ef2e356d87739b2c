package com.example.shop;

import static com.example.shop.schema.Tables.USERS;

import com.example.shop.schema.repositories.UsersRepository;
import java.net.URI;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/users")
class UsersController {

    private final UsersRepository users;

    UsersController(UsersRepository users) {
        this.users = users;
    }

    @GetMapping
    PageOf<User> list(@RequestParam(required = false) String token, @RequestParam(defaultValue = "20") int size) {
        return PageOf.of(users.all().orderBy(USERS.NAME).page(PageOf.request(token, size)), User::of);
    }

    @GetMapping("/{id}")
    User get(@PathVariable int id) {
        return User.of(users.get(id));
    }

    record NewUser(String name, String email) {}

    @PostMapping
    ResponseEntity<User> add(@RequestBody NewUser user) {
        var row = users.insertAndGet(u -> u.setName(user.name()).setEmail(user.email()));
        return ResponseEntity.created(URI.create("/users/" + row.getId())).body(User.of(row));
    }

    record ChangedUser(String name, String email, int version) {}

    @PutMapping("/{id}")
    User change(@PathVariable int id, @RequestBody ChangedUser user) {
        var row = users.get(id);
        row.setName(user.name()).setEmail(user.email()).setVersion(user.version());
        users.save(row); // StaleRecord if the row has another version than the client has seen
        return User.of(row);
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(@PathVariable int id) {
        users.delete(id); // ForeignKeyViolation if there are orders
    }
}
