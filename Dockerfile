# The image that runs pipelines. `docker build .` makes it; `docker build --target tools .` adds the verbs that need keys
# (`etl keys`, `etl reveal`), which an image that only runs pipelines should not hold.
FROM maven:3.9-eclipse-temurin-17 AS build
WORKDIR /src
COPY . .
RUN mvn -q -B -pl etl-distribution -am package -DskipTests -Dspotless.check.skip

FROM eclipse-temurin:17-jre AS base
RUN useradd --system --uid 10001 --create-home etl && install -d -o etl -g etl -m 0700 /keys
COPY --from=build /src/etl-distribution/target/etl/bin /opt/etl/bin
COPY --from=build /src/etl-distribution/target/etl/lib /opt/etl/lib
COPY --from=build /src/etl-distribution/target/etl/plugins /opt/etl/plugins
COPY --from=build /src/etl-distribution/target/etl/conf /opt/etl/conf
USER etl
WORKDIR /pipeline
ENTRYPOINT ["/opt/etl/bin/etl"]

FROM base AS tools
COPY --from=build /src/etl-distribution/target/etl/tools /opt/etl/tools

FROM base AS run
