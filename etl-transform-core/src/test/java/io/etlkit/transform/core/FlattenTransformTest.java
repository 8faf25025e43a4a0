package io.etlkit.transform.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.etlkit.api.FieldEffects;
import io.etlkit.api.RejectedException;
import io.etlkit.api.value.FieldPath;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FlattenTransformTest {
    @ParameterizedTest
    @CsvSource(
            delimiterString = " | ",
            quoteCharacter = '`',
            value = {
                "_ | * | 0 | {\"a\":{\"b\":{\"c\":1}},\"d\":2} | {\"a_b_c\":1,\"d\":2}",
                ". | * | 0 | {\"a\":{\"b\":1}} | {\"a.b\":1}",
                "__ | * | 0 | {\"a\":{\"b\":null,\"c\":[{\"x\":1}]}} | {\"a__b\":null,\"a__c\":[{\"x\":1}]}",
                "_ | * | 0 | {\"a\":{},\"b\":{\"c\":{}}} | {\"a\":{},\"b_c\":{}}",
                "_ | * | 1 | {\"a\":{\"b\":{\"c\":1}},\"d\":2} | {\"a_b\":{\"c\":1},\"d\":2}",
                "_ | * | 2 | {\"a\":{\"b\":{\"c\":{\"e\":1}}}} | {\"a_b_c\":{\"e\":1}}",
                "_ | a | 0 | {\"a\":{\"b\":{\"c\":1}},\"d\":{\"e\":2}} | {\"a_b_c\":1,\"d\":{\"e\":2}}",
                "_ | a | 1 | {\"a\":{\"b\":{\"c\":1}}} | {\"a_b\":{\"c\":1}}",
                "_ | a.b | 0 | {\"a\":{\"b\":{\"c\":1},\"x\":{\"y\":2}}} | {\"a\":{\"b_c\":1,\"x\":{\"y\":2}}}",
                "_ | a | 0 | {\"d\":{\"e\":2}} | {\"d\":{\"e\":2}}",
                "_ | a | 0 | {\"a\":5,\"d\":{\"e\":2}} | {\"a\":5,\"d\":{\"e\":2}}",
                "_ | a.b | 0 | {\"a\":null} | {\"a\":null}",
                "_ | * | 0 | {} | {}",
            })
    void flattens(String separator, String path, int maxDepth, String body, String expected) {
        FlattenConfig config = new FlattenConfig(
                separator,
                path.equals("*") ? Optional.empty() : Optional.of(FieldPath.parse(path)),
                maxDepth == 0 ? Optional.empty() : Optional.of(maxDepth));
        assertThat(Steps.apply(CoreTransforms.FLATTEN, config, body)).containsExactly(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " | ",
            quoteCharacter = '`',
            value = {"{\"a\":{\"b\":1},\"a_b\":2}", "{\"a_b\":2,\"a\":{\"b\":1}}", "{\"a\":{\"b_c\":1,\"b\":{\"c\":2}}}"
            })
    void rejectsFieldsThatGetOneNameAndDoesNotSayWhichForNamesAreContent(String body) {
        FlattenTransform flatten = new FlattenTransform(new FlattenConfig("_", Optional.empty(), Optional.empty()));
        assertThatThrownBy(() -> flatten.apply(Steps.record(body)))
                .isInstanceOf(RejectedException.class)
                .hasMessage("name_collision: two fields of the record get the same name when it is flattened");
    }

    @Test
    void refusesADepthBelowOneAndAWildcard() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FlattenConfig.builder().maxDepth(0).build())
                .withMessage("maxDepth: must be at least 1, and is 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new FlattenConfig("_", Optional.of(FieldPath.parse("l[*]")), Optional.empty()))
                .withMessage("path: \"l[*]\" names no single field; [*] is not possible here");
    }

    @Test
    void nothingIsKnownOfTheNamesItMakes() {
        assertThat(CoreTransforms.FLATTEN.fields(new FlattenConfig("_", Optional.empty(), Optional.empty())))
                .isEqualTo(FieldEffects.unknown());
    }
}
