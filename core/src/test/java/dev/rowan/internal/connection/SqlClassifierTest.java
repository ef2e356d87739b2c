package dev.rowan.internal.connection;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SqlClassifierTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "create table t (id int)",
                "CREATE OR REPLACE VIEW v AS SELECT 1",
                "create index i on t (id)",
                "alter table t add c int",
                "drop table if exists t",
                "truncate t",
                "rename table t to u",
                "commit",
                "COMMIT AND CHAIN",
                "rollback",
                "ROLLBACK WORK AND CHAIN",
                "begin",
                "start transaction read only",
                "lock tables t write",
                "unlock tables",
                "set autocommit = 1",
                "set @a = 'b', @@session.autocommit = 0",
                "set password = 'x'",
                "grant select on t to app",
                "revoke select on t from app",
                "analyze table t",
                "optimize local table t",
                "load index into cache t",
                "flush tables",
                "xa start 'x'",
                "  -- a word first\n commit",
                "# a word first\ncommit",
                "/* a word first */ /* another */ drop table t",
                "/*!50000 commit */",
                "/*M! commit */"
            })
    void aStatementWithAnImplicitCommitEndsATransaction(String text) {
        assertTrue(SqlClassifier.endsTransaction(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select 1",
                "(select 1) union (select 2)",
                "insert into commits values (1)",
                "/* commit */ update t set a = 'commit'",
                "create temporary table t (id int)",
                "create or replace temporary table t (id int)",
                "drop temporary table t",
                "rollback to savepoint s",
                "ROLLBACK WORK TO s",
                "savepoint s",
                "release savepoint s",
                "set @a = 1",
                "set session max_execution_time = 10",
                "load data local infile 'f' into table t",
                "analyze select 1",
                "alternatives"
            })
    void otherStatementsDoNotEndATransaction(String text) {
        assertFalse(SqlClassifier.endsTransaction(text));
    }

    @Test
    void onlyAQueryIsARead() {
        assertTrue(SqlClassifier.reads("/* name */ select * from t"));
        assertTrue(SqlClassifier.reads("(select 1)"));
        assertTrue(SqlClassifier.reads("show tables"));
        assertFalse(SqlClassifier.reads("with c as (select 1) delete from t"));
        assertFalse(SqlClassifier.reads("insert into t select 1"));
        assertFalse(SqlClassifier.reads(""));
    }

    @Test
    void sqlOfAnyLengthIsClassified() {
        var comment = "/*" + "* x ".repeat(100_000) + "*/";
        assertTrue(SqlClassifier.endsTransaction(comment + " ".repeat(100_000) + "commit"));
        assertFalse(SqlClassifier.endsTransaction("set @a = '" + "x'' ".repeat(100_000) + "'"));
        assertTrue(SqlClassifier.reads("(".repeat(500) + "select 1"));
    }
}
