# make check   compiles, tests, and checks formatting and dependency rules
# make drills  runs the slow tests, which make check leaves out
# make fast    only compiles
# make demo    runs the main job on an embedded SQS and an embedded Postgres
# make bench   runs the JMH benchmarks; BENCH="-f 1 Masking" are JMH's own arguments
# make bench-pipeline  compares the whole pipeline with the bare SDK loop, from cold starts; BENCH="--rounds=1" as in docs/performance.md
# make schedules   runs 100,000 random failure schedules of the engine; SCHEDULES=N sets another number
# make chaos   runs processes on one queue and one table under faults, then checks the books; MINUTES=20 SEED=42
#              CHAOS="--rate=100 --processes=3" as in docs/failures.md
# make format  formats the sources and the poms
# make duplicates  finds duplicate code

MVN ?= mvn -B -ntp
BENCH ?=
SCHEDULES ?= 100000

MINUTES ?= 5
SEED ?=
CHAOS ?=

.PHONY: check drills fast schedules chaos demo bench bench-pipeline format duplicates

check:
	$(MVN) verify

drills:
	$(MVN) verify -Pdrills

fast:
	$(MVN) -q test-compile -Dspotless.check.skip -Denforcer.skip

demo:
	./etl demo

bench:
	$(MVN) -q -pl benchmarks -am package -Dmaven.test.skip=true -Dspotless.check.skip
	java -cp "benchmarks/target/classes:$$(cat benchmarks/target/classpath.txt)" org.openjdk.jmh.Main $(BENCH)

bench-pipeline:
	$(MVN) -q -pl benchmarks,etl-distribution -am package -Dmaven.test.skip=true -Dspotless.check.skip -Detl.archive.phase=none
	java -cp "benchmarks/target/classes:$$(cat benchmarks/target/classpath.txt)" io.etlkit.benchmark.PipelineBenchmark $(BENCH)

chaos:
	$(MVN) -q -pl drills -am package -Dmaven.test.skip=true -Dspotless.check.skip
	cd drills && java -cp "target/classes:$$(cat target/classpath.txt)" io.etlkit.drills.ChaosCommand --minutes=$(MINUTES) $(if $(SEED),--seed=$(SEED)) $(CHAOS)

schedules:
	$(MVN) -q -pl etl-engine -am test -Dtest=ConservationTest -Dsurefire.failIfNoSpecifiedTests=false -Detl.test.schedules=$(SCHEDULES)

format:
	$(MVN) -q spotless:apply -pl '!examples/custom-transform,!examples/embedding'

duplicates:
	$(MVN) -q pmd:aggregate-cpd-check
