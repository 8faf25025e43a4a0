package io.etlkit.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.etlkit.api.FieldEffects;
import io.etlkit.api.value.FieldPath;
import io.etlkit.engine.PersonalDataCheck.Finding;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PersonalDataCheckTest {
    private static final String HINT = ": mask or drop it in a step that no condition (when:) passes by";

    private final List<Step<?>> steps = new ArrayList<>();

    @Test
    void aFieldThatNoStepTouchesReachesTheSink() {
        assertThat(leaks("ip")).containsExactly("\"ip\" could reach the sink in the clear" + HINT);
    }

    @Test
    void aMaskedFieldDoesNot() {
        step("mask", FieldEffects.moves(paths("ip"), writes("masked_ip")));
        assertThat(leaks("ip")).isEmpty();
    }

    @Test
    void aFieldMaskedInPlaceDoesNot() {
        step("mask", FieldEffects.writes(writes("ip")));
        assertThat(leaks("ip")).isEmpty();
    }

    @Test
    void aFieldMaskedUnderAConditionOnlyDoes() {
        steps.add(fake("mask", FieldEffects.moves(paths("ip"), writes("masked_ip")))
                .when(FakeTransform.when(record -> true)));
        assertThat(leaks("ip")).containsExactly("\"ip\" could reach the sink in the clear" + HINT);
    }

    @Test
    void aRenamedFieldIsFollowed() {
        step("rename", FieldEffects.moves(paths("ip"), writes("address", "ip")));
        assertThat(leaks("ip"))
                .containsExactly("\"ip\" could reach the sink in the clear as \"address\", by rename" + HINT);
        step("mask", FieldEffects.moves(paths("address"), writes("masked")));
        assertThat(leaks("ip")).isEmpty();
    }

    @Test
    void swappedNamesAreFollowed() {
        Map<FieldPath, Set<FieldPath>> swapped = writes("b", "a");
        swapped.putAll(writes("a", "b"));
        step("rename", FieldEffects.moves(paths("a", "b"), swapped));
        step("mask", FieldEffects.writes(writes("a")));
        assertThat(leaks("a")).containsExactly("\"a\" could reach the sink in the clear as \"b\", by rename" + HINT);
        assertThat(leaks("b")).isEmpty();
    }

    @Test
    void aCopyMadeBeforeTheMaskIsFollowed() {
        step("compute", FieldEffects.writes(writes("note", "user_id", "ip")));
        step("mask", FieldEffects.moves(paths("ip"), writes("masked_ip")));
        assertThat(leaks("ip"))
                .containsExactly("\"ip\" could reach the sink in the clear as \"note\", by compute" + HINT);
    }

    @Test
    void aSelectThatLeavesItOutStopsIt() {
        step("select", FieldEffects.only(paths("user_id")));
        assertThat(leaks("ip")).isEmpty();
    }

    @Test
    void aPartOfAPersonalFieldIsAsPersonalAsTheWhole() {
        step("select", FieldEffects.only(paths("device.model", "user_id")));
        assertThat(leaks("device"))
                .containsExactly("\"device\" could reach the sink in the clear as \"device.model\"" + HINT);
    }

    @Test
    void whatHoldsAPersonalFieldIsPersonal() {
        step("rename", FieldEffects.moves(paths("device"), writes("machine", "device")));
        assertThat(leaks("device.id"))
                .containsExactly("\"device.id\" could reach the sink in the clear as \"machine\", by rename" + HINT);
    }

    @Test
    void theElementsOfAListAreFollowed() {
        step("select", FieldEffects.only(paths("sessions")));
        assertThat(leaks("sessions[*].ip")).hasSize(1);
        step("mask", FieldEffects.writes(writes("sessions[*].ip")));
        assertThat(leaks("sessions[*].ip")).isEmpty();
    }

    @Test
    void whatIsMadeOfTheWholeBodyHoldsIt() {
        step("compute", FieldEffects.writes(writes("copy")).withWholeBody(paths("copy")));
        step("drop", FieldEffects.removes(paths("ip")));
        assertThat(leaks("ip"))
                .containsExactly("\"ip\" could reach the sink in the clear as \"copy\", by compute" + HINT);
    }

    @Test
    void whatIsMadeOfTheWholeBodyAfterTheMaskDoesNot() {
        step("mask", FieldEffects.moves(paths("ip"), writes("masked_ip")));
        step("compute", FieldEffects.writes(writes("copy")).withWholeBody(paths("copy")));
        assertThat(leaks("ip")).isEmpty();
    }

    @Test
    void behindAStepThatDeclaresNothingOnlyTheGuardLooks() {
        step("custom", FieldEffects.unknown());
        PersonalDataCheck check = check("ip");
        assertThat(check.leaks()).isEmpty();
        assertThat(check.opaqueSteps()).containsExactly("custom");
    }

    @Test
    void aStepThatDeclaresNothingAfterTheMaskIsNoMatter() {
        step("mask", FieldEffects.moves(paths("ip"), writes("masked_ip")));
        step("custom", FieldEffects.unknown());
        assertThat(check("ip").opaqueSteps()).isEmpty();
    }

    @Test
    void originalsInTheClearAreALeakWhereFieldsArePersonal() {
        var clear = Optional.of(DeadLetterPolicy.builder()
                .original(DeadLetterPolicy.Original.CLEAR)
                .build());
        step("mask", FieldEffects.writes(writes("ip")));
        assertThat(PersonalDataCheck.of(List.of(FieldPath.parse("ip")), steps, clear)
                        .leaks())
                .singleElement()
                .satisfies(leak -> {
                    assertThat(leak.field()).isEmpty();
                    assertThat(leak.message()).startsWith("is clear, and a rejected message would be kept with");
                });
        assertThat(PersonalDataCheck.of(List.of(), steps, clear).leaks()).isEmpty();
    }

    private List<String> leaks(String personal) {
        return check(personal).leaks().stream().map(Finding::message).toList();
    }

    private PersonalDataCheck check(String personal) {
        return PersonalDataCheck.of(List.of(FieldPath.parse(personal)), steps, Optional.empty());
    }

    private void step(String name, FieldEffects effects) {
        steps.add(fake(name, effects));
    }

    private static Step<FakeTransform.Config> fake(String name, FieldEffects effects) {
        return new FakeTransform(name, List::of, effects, Optional.empty())
                .step()
                .label(name);
    }

    private static Set<FieldPath> paths(String... paths) {
        return new LinkedHashSet<>(Arrays.stream(paths).map(FieldPath::parse).toList());
    }

    /** One field written, and what it is made of. */
    private static Map<FieldPath, Set<FieldPath>> writes(String target, String... sources) {
        Map<FieldPath, Set<FieldPath>> writes = new LinkedHashMap<>();
        writes.put(FieldPath.parse(target), paths(sources));
        return writes;
    }
}
