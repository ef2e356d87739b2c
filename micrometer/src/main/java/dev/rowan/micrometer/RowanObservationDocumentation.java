package dev.rowan.micrometer;

import io.micrometer.common.docs.KeyName;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;
import io.micrometer.observation.docs.ObservationDocumentation;

/** The observations, with the names of their keys and events. */
public enum RowanObservationDocumentation implements ObservationDocumentation {

    /** A statement, or a batch of statements of jOOQ. */
    STATEMENT {
        @Override
        public Class<? extends ObservationConvention<? extends Observation.Context>> getDefaultConvention() {
            return DefaultStatementObservationConvention.class;
        }

        @Override
        public KeyName[] getLowCardinalityKeyNames() {
            return StatementLowCardinalityKeys.values();
        }

        @Override
        public KeyName[] getHighCardinalityKeyNames() {
            return StatementHighCardinalityKeys.values();
        }
    },

    /** A transaction that Rowan begins, with all its attempts. */
    TRANSACTION {
        @Override
        public Class<? extends ObservationConvention<? extends Observation.Context>> getDefaultConvention() {
            return DefaultTransactionObservationConvention.class;
        }

        @Override
        public KeyName[] getLowCardinalityKeyNames() {
            return TransactionLowCardinalityKeys.values();
        }

        @Override
        public KeyName[] getHighCardinalityKeyNames() {
            return TransactionHighCardinalityKeys.values();
        }

        @Override
        public Observation.Event[] getEvents() {
            return TransactionEvents.values();
        }
    };

    /** The keys of a statement that have few values: tags of its meter, and attributes of its span. */
    public enum StatementLowCardinalityKeys implements KeyName {
        /** {@code mysql} or {@code mariadb}. */
        SYSTEM("db.system.name"),
        /** The connection's own schema. */
        NAMESPACE("db.namespace"),
        /** The table; {@code none} if there are several, or none. */
        COLLECTION("db.collection.name"),
        /** Such as {@code SELECT}, {@code COMMIT} or {@code BATCH INSERT}. */
        OPERATION("db.operation.name"),
        /** The operation and the table. */
        SUMMARY("db.query.summary"),
        /** The error code of the server; {@code none} if there is none. */
        STATUS_CODE("db.response.status_code"),
        /** The class of the exception; {@code none} if it succeeded. */
        ERROR_TYPE("error.type"),
        /** The host that the driver connected to. */
        SERVER_ADDRESS("server.address"),
        /** Its port. */
        SERVER_PORT("server.port");

        private final String key;

        StatementLowCardinalityKeys(String key) {
            this.key = key;
        }

        @Override
        public String asString() {
            return key;
        }
    }

    /**
     * The keys of a statement that have many values: attributes of its span only. Each is there if it says something.
     */
    public enum StatementHighCardinalityKeys implements KeyName {
        /** The SQL, with a question mark for each value and each list. */
        TEXT("db.query.text"),
        /** How many statements a batch has. */
        BATCH_SIZE("db.operation.batch.size"),
        /** How many rows were read. */
        RETURNED_ROWS("db.response.returned_rows"),
        /** How many rows were written. */
        WRITTEN_ROWS("rowan.written_rows"),
        /** How many concurrent calls were merged into the statement. */
        MERGED_CALLS("rowan.merged_calls");

        private final String key;

        StatementHighCardinalityKeys(String key) {
            this.key = key;
        }

        @Override
        public String asString() {
            return key;
        }
    }

    /** The keys of a transaction that have few values. */
    public enum TransactionLowCardinalityKeys implements KeyName {
        /** {@code mysql} or {@code mariadb}. */
        SYSTEM("db.system.name"),
        /** The connection's own schema. */
        NAMESPACE("db.namespace"),
        /** The name in its options; {@code none} if it has none. */
        NAME("rowan.transaction.name"),
        /** Whether the server refuses writes. */
        READ_ONLY("rowan.transaction.read_only"),
        /** {@code committed}, {@code rolled_back} or {@code unknown}; {@code none} until the end. */
        OUTCOME("rowan.transaction.outcome"),
        /** The class of the exception; {@code none} if it is committed. */
        ERROR_TYPE("error.type");

        private final String key;

        TransactionLowCardinalityKeys(String key) {
            this.key = key;
        }

        @Override
        public String asString() {
            return key;
        }
    }

    /** The keys of a transaction that have many values. */
    public enum TransactionHighCardinalityKeys implements KeyName {
        /** How many attempts there were. */
        ATTEMPTS("rowan.transaction.attempts");

        private final String key;

        TransactionHighCardinalityKeys(String key) {
            this.key = key;
        }

        @Override
        public String asString() {
            return key;
        }
    }

    /** What happens in a transaction. */
    public enum TransactionEvents implements Observation.Event {
        /** An attempt failed, and the next one begins. */
        RETRY("retry", "retry");

        private final String eventName;
        private final String contextualName;

        TransactionEvents(String eventName, String contextualName) {
            this.eventName = eventName;
            this.contextualName = contextualName;
        }

        @Override
        public String getName() {
            return eventName;
        }

        @Override
        public String getContextualName() {
            return contextualName;
        }
    }
}
