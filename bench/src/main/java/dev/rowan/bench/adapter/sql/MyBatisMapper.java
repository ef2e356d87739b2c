package dev.rowan.bench.adapter.sql;

import dev.rowan.bench.adapter.HandWrittenSql;
import dev.rowan.bench.database.User;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.apache.ibatis.annotations.Arg;
import org.apache.ibatis.annotations.Delete;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Many;
import org.apache.ibatis.annotations.Options;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Result;
import org.apache.ibatis.annotations.Results;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.Update;

/** The statements of MyBatis. */
interface MyBatisMapper {

    String COLUMNS = "select id, name, email, age, city, balance, active, created_at from users ";
    String INSERT = "insert into users (name, email, age, city, balance, active, created_at) values (#{user.name},"
            + " #{user.email}, #{user.age}, #{user.city}, #{user.balance}, #{user.active}, #{user.createdAt})";

    /** Receives the generated id of a new row. */
    final class Key {
        int value;
    }

    final class Customer {
        int id;
        String name = "";
        final List<HandWrittenSql.Order> orders = new ArrayList<>();
    }

    @Select(COLUMNS + "where id = #{id}")
    User find(int id);

    @Select(COLUMNS + "where id <= #{maxId}")
    List<User> read(int maxId);

    @Insert(INSERT)
    @Options(useGeneratedKeys = true, keyProperty = "key.value")
    void insert(@Param("user") User user, @Param("key") Key key);

    @Insert(INSERT)
    void insertOnly(@Param("user") User user);

    @Update("update users set age = #{age} where id = #{id}")
    void setAge(@Param("id") int id, @Param("age") int age);

    @Delete("delete from users where id = #{id}")
    void delete(int id);

    @Update("update users set age = #{age}, balance = #{balance} where id = #{id}")
    void setAgeAndBalance(User user);

    @Insert(INSERT + " as n on duplicate key update age = n.age, balance = n.balance")
    void upsert(@Param("user") User user);

    @Select("select id, customer_id, product, quantity, total from orders where id = #{id}")
    @Arg(column = "id", javaType = int.class, id = true)
    @Arg(column = "customer_id", javaType = int.class)
    @Arg(column = "product", javaType = String.class)
    @Arg(column = "quantity", javaType = int.class)
    @Arg(column = "total", javaType = BigDecimal.class)
    @Results(id = "order")
    HandWrittenSql.Order order(int id);

    @Select("select c.id, c.name, o.id o_id, o.customer_id o_customer_id, o.product o_product, o.quantity o_quantity,"
            + " o.total o_total from customers c join orders o on o.customer_id = c.id where c.id <= #{maxId}")
    @Result(property = "id", column = "id", id = true)
    @Result(property = "name", column = "name")
    @Result(property = "orders", many = @Many(resultMap = "order", columnPrefix = "o_"))
    List<Customer> customers(int maxId);

    @Select("select id, name from customers where name > #{name} or (name = #{name} and id > #{id})"
            + " order by name, id limit 10")
    List<Customer> page(@Param("name") String name, @Param("id") int id);
}
