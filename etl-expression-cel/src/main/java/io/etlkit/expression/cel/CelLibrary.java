package io.etlkit.expression.cel;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelErrorCode;
import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelOptions;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.CelRuntimeException;
import dev.cel.common.CelValidationException;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.extensions.CelExtensions;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelFunctionBinding;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import io.etlkit.api.config.Expression;
import io.etlkit.api.config.ExpressionException;
import java.time.Instant;

/** The CEL library, set up for records; loaded with the first expression that needs it. */
final class CelLibrary {
    /** How many turns all the loops of one evaluation may take together. */
    static final int MAX_ITERATIONS = 100_000;

    private static final int MAX_LENGTH = 20_000;
    private static final int MAX_DEPTH = 100;
    private static final int MAX_REGEX_SIZE = 10_000;

    private static final CelOptions OPTIONS = CelOptions.current()
            .evaluateCanonicalTypesToNativeValues(true)
            .enableHeterogeneousNumericComparisons(true)
            .enableTimestampEpoch(true)
            .comprehensionMaxIterations(MAX_ITERATIONS)
            .maxExpressionCodePointSize(MAX_LENGTH)
            .maxParseRecursionDepth(MAX_DEPTH)
            .maxRegexProgramSize(MAX_REGEX_SIZE)
            .build();

    private static final CelCompiler COMPILER = CelCompilerFactory.standardCelCompilerBuilder()
            .setOptions(OPTIONS)
            .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
            .addLibraries(CelExtensions.strings())
            .addVar(RecordVariables.BODY, SimpleType.DYN)
            .addVar(RecordVariables.HEADERS, MapType.create(SimpleType.STRING, SimpleType.DYN))
            .addFunctionDeclarations(CelFunctionDecl.newFunctionDeclaration(
                    DateFunction.NAME,
                    CelOverloadDecl.newGlobalOverload(
                            DateFunction.OF_TIMESTAMP, SimpleType.STRING, SimpleType.TIMESTAMP),
                    CelOverloadDecl.newGlobalOverload(
                            DateFunction.OF_TIMESTAMP_IN_ZONE,
                            SimpleType.STRING,
                            SimpleType.TIMESTAMP,
                            SimpleType.STRING)))
            .build();

    private static final CelRuntime RUNTIME = CelRuntimeFactory.standardCelRuntimeBuilder()
            .setOptions(OPTIONS)
            .addLibraries(CelExtensions.strings())
            .addFunctionBindings(
                    CelFunctionBinding.from(DateFunction.OF_TIMESTAMP, Instant.class, DateFunction::inUtc),
                    CelFunctionBinding.from(
                            DateFunction.OF_TIMESTAMP_IN_ZONE, Instant.class, String.class, CelLibrary::date))
            .build();

    private CelLibrary() {}

    static Expression compile(String text) throws ExpressionException {
        try {
            CelAbstractSyntaxTree tree = COMPILER.compile(text).getAst();
            ConstantZones.check(tree, text);
            TreeReads reads = TreeReads.of(tree.getExpr());
            boolean condition = SimpleType.BOOL.equals(tree.getResultType());
            return new CelExpression(text, reads.paths(), reads.wholeBody(), condition, RUNTIME.createProgram(tree));
        } catch (CelValidationException invalid) {
            throw CompileError.of(invalid, text);
        } catch (CelEvaluationException unplannable) {
            throw new ExpressionException("CEL can not evaluate this expression: " + unplannable.getErrorCode(), 1, 1);
        }
    }

    /** The zone's name may come out of a record, so the error does not quote it. */
    private static String date(Instant instant, String zone) {
        return DateFunction.in(instant, DateFunction.zone(zone).orElseThrow(CelLibrary::unknownZone));
    }

    private static CelRuntimeException unknownZone() {
        return new CelRuntimeException(new IllegalArgumentException("no such zone"), CelErrorCode.INVALID_ARGUMENT);
    }
}
