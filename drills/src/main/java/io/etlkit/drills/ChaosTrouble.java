package io.etlkit.drills;

import io.etlkit.drills.proxy.TcpProxy.Direction;
import io.etlkit.stub.sqs.Fault;
import io.etlkit.stub.sqs.Fault.CutAnswer;
import io.etlkit.stub.sqs.Fault.EntryFailure;
import io.etlkit.stub.sqs.Fault.FailedEntries;
import io.etlkit.stub.sqs.Fault.HangUp;
import io.etlkit.stub.sqs.Fault.Refusal;
import io.etlkit.stub.sqs.Fault.Silence;
import java.time.Duration;
import java.util.List;

/** The faults of a chaos run, one at a time. Each can be started and ended. */
enum ChaosTrouble {
    /** Connections are cut in the middle of calls and batches; clients may reconnect at once. */
    DATABASE_CONNECTIONS_CUT {
        @Override
        void begin(ChaosSite site) {
            site.toDatabase().cut();
        }
    },
    /** Requests are carried out, but no answer comes: commits are in doubt. */
    DATABASE_ANSWERS_HELD {
        @Override
        void begin(ChaosSite site) {
            site.toDatabase().hold(Direction.TO_CLIENT);
        }
    },
    /** Answers are lost, and the connections break in the end. */
    DATABASE_ANSWERS_LOST {
        @Override
        void begin(ChaosSite site) {
            site.toDatabase().swallow(Direction.TO_CLIENT);
        }

        @Override
        void end(ChaosSite site) {
            site.toDatabase().cut();
            site.toDatabase().restore();
        }
    },
    DATABASE_REFUSES_CONNECTIONS {
        @Override
        void begin(ChaosSite site) {
            site.toDatabase().refuse();
            site.toDatabase().cut();
        }
    },
    DATABASE_HALF_CLOSED {
        @Override
        void begin(ChaosSite site) {
            site.toDatabase().halfClose(Direction.TO_CLIENT);
        }
    },
    DATABASE_FAR_AWAY {
        @Override
        void begin(ChaosSite site) {
            site.toDatabase().delay(Direction.TO_SERVER, Duration.ofMillis(40));
            site.toDatabase().delay(Direction.TO_CLIENT, Duration.ofMillis(40));
        }
    },
    DATABASE_CRASHED {
        @Override
        void begin(ChaosSite site) {
            site.server().crash();
        }

        @Override
        void end(ChaosSite site) {
            site.server().restart();
        }
    },
    DATABASE_STOPPED {
        @Override
        void begin(ChaosSite site) {
            site.server().stop();
        }

        @Override
        void end(ChaosSite site) {
            site.server().restart();
        }
    },
    BACKENDS_TERMINATED {
        @Override
        void begin(ChaosSite site) {
            site.ask("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name LIKE 'etlkit/%'");
        }
    },
    TABLE_LOCKED {
        @Override
        void begin(ChaosSite site) {
            site.lock("user_logins");
        }

        @Override
        void end(ChaosSite site) {
            site.unlock();
        }
    },
    LEDGER_LOCKED {
        @Override
        void begin(ChaosSite site) {
            site.lock("etl_ledger");
        }

        @Override
        void end(ChaosSite site) {
            site.unlock();
        }
    },
    TABLE_ALTERED {
        @Override
        void begin(ChaosSite site) {
            site.execute("ALTER TABLE user_logins ADD COLUMN IF NOT EXISTS chaos integer DEFAULT 7");
        }

        @Override
        void end(ChaosSite site) {
            site.execute("ALTER TABLE user_logins DROP COLUMN IF EXISTS chaos");
        }
    },
    DATABASE_READ_ONLY {
        @Override
        void begin(ChaosSite site) {
            site.execute("ALTER SYSTEM SET default_transaction_read_only = on");
            site.ask("SELECT pg_reload_conf()");
        }

        @Override
        void end(ChaosSite site) {
            site.execute("ALTER SYSTEM RESET default_transaction_read_only");
            site.ask("SELECT pg_reload_conf()");
        }
    },
    QUEUE_CONNECTIONS_CUT {
        @Override
        void begin(ChaosSite site) {
            site.toQueue().cut();
        }
    },
    QUEUE_ANSWERS_HELD {
        @Override
        void begin(ChaosSite site) {
            site.toQueue().hold(Direction.TO_CLIENT);
        }
    },
    QUEUE_REFUSES_CONNECTIONS {
        @Override
        void begin(ChaosSite site) {
            site.toQueue().refuse();
            site.toQueue().cut();
        }
    },
    QUEUE_THROTTLES {
        @Override
        void begin(ChaosSite site) {
            site.letCallsFail(0.5, new Refusal(400, "ThrottlingException"));
        }
    },
    QUEUE_FAILS {
        @Override
        void begin(ChaosSite site) {
            site.letCallsFail(0.5, new Refusal(500, "InternalError"));
        }
    },
    QUEUE_LOSES_ANSWERS {
        @Override
        void begin(ChaosSite site) {
            site.letCallsFail(0.3, new HangUp(true));
        }
    },
    QUEUE_CUTS_ANSWERS {
        @Override
        void begin(ChaosSite site) {
            site.letCallsFail(0.3, new CutAnswer(false));
        }
    },
    QUEUE_IS_SILENT_NOW_AND_THEN {
        @Override
        void begin(ChaosSite site) {
            site.letCallsFail(0.05, new Silence(true));
        }
    },
    QUEUE_DELETES_HALF {
        @Override
        void begin(ChaosSite site) {
            site.letCallsFail(0.5, EVERY_SECOND_ENTRY);
        }
    };

    private static final Fault EVERY_SECOND_ENTRY = new FailedEntries(List.of(
            new EntryFailure(1, "InternalError", false),
            new EntryFailure(3, "InternalError", false),
            new EntryFailure(5, "InternalError", false),
            new EntryFailure(7, "InternalError", false),
            new EntryFailure(9, "InternalError", false)));

    /** Starts the fault. */
    abstract void begin(ChaosSite site);

    /** Ends the fault. */
    void end(ChaosSite site) {
        site.restore();
    }
}
