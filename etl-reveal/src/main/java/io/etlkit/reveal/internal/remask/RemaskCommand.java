package io.etlkit.reveal.internal.remask;

import io.etlkit.api.StartupException;
import io.etlkit.api.value.ObjectValue;
import io.etlkit.api.value.Value;
import io.etlkit.json.JsonWriter;
import io.etlkit.reveal.internal.database.DatabaseError;
import io.etlkit.reveal.internal.option.AccessOptions;
import io.etlkit.reveal.internal.option.AccessOptions.AuditException;
import io.etlkit.reveal.internal.option.DatabaseOptions;
import io.etlkit.reveal.internal.process.ExitCode;
import io.etlkit.reveal.internal.process.ProcessContext;
import io.etlkit.reveal.internal.remask.MapOptions.Step;
import io.etlkit.reveal.internal.remask.MapReport.Fate;
import io.etlkit.reveal.internal.remask.RemaskReport.Work;
import io.etlkit.transform.mask.keyset.Keyset;
import io.etlkit.transform.mask.token.Remasker;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code etl remask}: brings the tokens that stand in a table to the primary keys. The audit log is told before and after. */
@Command(
        name = "remask",
        mixinStandardHelpOptions = true,
        description =
                "Rewrites the tokens in a column of a Postgres table to the primary keys of a keyset, row by row and"
                        + " beside whoever else writes. It can be stopped and run again at any time. A token that can not be read"
                        + " stays as it is, and gives exit code 1. --keyset, --domain and --reason are required.")
public final class RemaskCommand implements Callable<Integer> {
    private static final int LARGEST_BATCH = 100_000;
    private static final String UNIQUE_VIOLATION = "23505";

    private final ProcessContext process;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Mixin
    private AccessOptions access = new AccessOptions();

    @Mixin
    private DatabaseOptions database = new DatabaseOptions();

    @Option(names = "--table", paramLabel = "NAME", required = true, description = "The table, as SQL spells it.")
    @SuppressWarnings("NullAway.Init")
    private String table;

    @Option(names = "--column", paramLabel = "NAME", required = true, description = "The column that holds the tokens.")
    @SuppressWarnings("NullAway.Init")
    private String column;

    @Option(
            names = "--key",
            paramLabel = "NAME",
            split = ",",
            description = "The columns of a unique key; without it, the primary key's. A table that has none is gone"
                    + " through by the places of its rows.")
    private List<String> key = new ArrayList<>();

    @Option(
            names = "--batch",
            paramLabel = "N",
            defaultValue = "1000",
            description = "How many rows a transaction rewrites at most. Default: ${DEFAULT-VALUE}.")
    private int batch;

    @Mixin
    private MapOptions map = new MapOptions();

    @Mixin
    private DomainProof proof = new DomainProof();

    @Option(names = "--dry-run", description = "Rewrite nothing; count what would be.")
    private boolean dryRun;

    @Option(names = "--json", description = "Print the counts as JSON.")
    private boolean json;

    public RemaskCommand(ProcessContext process) {
        this.process = process;
    }

    @Override
    public Integer call() {
        if (batch < 1 || batch > LARGEST_BATCH) {
            throw new ParameterException(spec.commandLine(), "--batch must be from 1 to " + LARGEST_BATCH);
        }
        try {
            access.require();
            refuseDryRunWithoutRows();
            try (Keyset keyset = access.load(process)) {
                return isStep(Step.DROP) ? drop(keyset) : remask(keyset, Remasker.open(keyset, access.domain()));
            }
        } catch (StartupException | IllegalArgumentException refused) {
            return fail(ExitCode.USAGE, String.valueOf(refused.getMessage()));
        } catch (AuditException unwritable) {
            return fail(ExitCode.FAILED, String.valueOf(unwritable.getMessage()));
        } catch (SQLException failed) {
            return fail(ExitCode.FAILED, "the database refused: " + DatabaseError.shown(failed));
        }
    }

    private void refuseDryRunWithoutRows() {
        if (dryRun && (isStep(Step.BUILD) || isStep(Step.DROP))) {
            throw new ParameterException(
                    spec.commandLine(), "--dry-run makes no map and drops none; leave one of the two out");
        }
    }

    private boolean isStep(Step step) {
        return map.step().equals(Optional.of(step));
    }

    private Connection connect() throws SQLException {
        String url = database.url(process, "where is the table?");
        Connection connection = DriverManager.getConnection(url, database.login(process, "remask"));
        connection.setAutoCommit(false);
        return connection;
    }

    private int drop(Keyset keyset) throws SQLException, AuditException {
        try (Connection connection = connect()) {
            return drop(keyset, new Transactions(connection));
        }
    }

    private int drop(Keyset keyset, Transactions transactions) throws SQLException, AuditException {
        MapTable made = MapTable.named(transactions, map.table());
        if (!transactions.run(made::isThere)) {
            throw new IllegalArgumentException("there is no map " + made.quoted());
        }
        access.append(entry(keyset).toValue("drop-remask-map"), "dropped");
        if (!made.drop()) {
            return fail(ExitCode.FAILED, made.fate(Fate.IN_USE));
        }
        spec.commandLine().getOut().println(made.fate(Fate.DROPPED));
        return ExitCode.OK;
    }

    private int remask(Keyset keyset, Remasker remasker) throws SQLException, AuditException {
        try (Connection connection = connect()) {
            return remask(keyset, remasker, new Transactions(connection));
        }
    }

    private int remask(Keyset keyset, Remasker remasker, Transactions transactions)
            throws SQLException, AuditException {
        Connection connection = transactions.connection();
        TokenColumn tokens = TokenColumn.find(connection, table, column, key);
        Map<String, Long> oldHmac = TokenSurvey.oldHmac(connection, tokens, remasker);
        refuseOutOfReach(remasker, oldHmac);
        long toRaise = oldHmac.entrySet().stream()
                .filter(each -> remasker.isBelowPrimary(each.getKey()))
                .mapToLong(Map.Entry::getValue)
                .sum();
        proof.require(connection, tokens, keyset, access.domain(), toRaise);
        TokenSurvey before = TokenSurvey.take(connection, tokens, remasker);
        connection.commit();
        access.append(entry(keyset, remasker, "remask", "old", before.old()), "rewritten");
        RemaskRun run = new RemaskRun(transactions, tokens, remasker, access.domain(), batch, dryRun, map);
        try {
            RemaskReport report = run.run(before);
            print(report);
            return report.isComplete() ? ExitCode.OK : incomplete(report);
        } catch (SQLException failed) {
            return fail(ExitCode.FAILED, stopped(run, failed));
        } catch (IllegalStateException broken) {
            return fail(
                    ExitCode.FAILED,
                    "stopped after " + run.rewritten() + " rows: " + broken.getMessage() + run.mapLeft());
        } finally {
            access.append(
                    entry(keyset, remasker, "remasked", "rewritten", dryRun ? 0 : run.rewritten()), "noted at the end");
        }
    }

    /** Before the first row is written: half a column would be left behind. */
    private static void refuseOutOfReach(Remasker remasker, Map<String, Long> hmac) {
        String counts = hmac.entrySet().stream()
                .filter(each -> remasker.isOutOfReach(each.getKey()))
                .map(each -> each.getValue() + " of index key " + each.getKey())
                .collect(Collectors.joining(", "));
        if (counts.isEmpty()) {
            return;
        }
        throw new IllegalArgumentException(
                "nothing was rewritten: the column holds hmac tokens that can not be brought to"
                        + " index key " + remasker.generation() + ", which is not laid over theirs: " + counts
                        + "; rotate with a key that is: etl keys add --kind index --over ID");
    }

    private RemaskEntry entry(Keyset keyset) {
        return new RemaskEntry(
                process.clock().instant(),
                process.operator(),
                access.reason(),
                keyset.name(),
                access.domain(),
                table,
                column,
                map.step(),
                dryRun);
    }

    private ObjectValue entry(Keyset keyset, Remasker remasker, String action, String what, long count) {
        return entry(keyset)
                .toValue(action)
                .with("index", Value.of(remasker.generation()))
                .with("enc", Value.of(remasker.encryptionKey()))
                .with(what, Value.of(count));
    }

    private void print(RemaskReport report) {
        if (json) {
            spec.commandLine().getOut().println(JsonWriter.write(report.toValue()));
        } else {
            report.lines().forEach(spec.commandLine().getOut()::println);
        }
    }

    private int incomplete(RemaskReport report) {
        if (report.work() == Work.MAP_ONLY) {
            return fail(
                    ExitCode.FAILED,
                    "rows with tokens of old keys are not in the map: they can not be read, or others write with"
                            + " the old keys; rewriting them tells which");
        }
        String kept = report.tally().failed().isEmpty()
                ? "others write with the old keys; restart them with this keyset, and run this again"
                : "tokens that could not be read stayed as they are; keep the old keys";
        return fail(ExitCode.FAILED, report.after().old() + " tokens of old keys are left: " + kept);
    }

    private String stopped(RemaskRun run, SQLException failed) {
        String hint = UNIQUE_VIOLATION.equals(failed.getSQLState())
                ? "; a unique index holds two tokens of one value apart that are becoming one: remove one of the rows, or"
                        + " the index while this runs"
                : "";
        return "stopped after " + run.rewritten() + " rows: " + DatabaseError.shown(failed) + hint
                + "; what was rewritten stays; run it again to go on" + run.mapLeft();
    }

    private int fail(int exitCode, String message) {
        spec.commandLine().getErr().println("etl remask: " + message);
        return exitCode;
    }
}
