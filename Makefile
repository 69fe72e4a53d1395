# Daypass. `make help` lists what there is.

SHELL := /bin/bash
.DEFAULT_GOAL := help

# A JDK 25: JAVA_HOME if it is one, else the first of the usual places.
JDK_PLACES := $(JAVA_HOME) $(JDK25_HOME) $(wildcard /usr/lib/jvm/*25*) $(wildcard $(HOME)/.sdkman/candidates/java/25*) \
  $(wildcard /opt/*jdk*25*) $(wildcard /Library/Java/JavaVirtualMachines/*25*/Contents/Home)
JDK := $(shell for home in $(JDK_PLACES); do \
  if [ -x "$$home/bin/javac" ] && "$$home/bin/javac" -version 2>&1 | grep -q '^javac 25'; then echo "$$home"; exit; fi; done)
MVN = JAVA_HOME="$(JDK)" ./mvnw -B -ntp
BROKER := src/broker/target/quarkus-app/quarkus-run.jar
SOURCES := $(shell find pom.xml src -path '*/target' -prune -o \( -path '*/main/*' -o -path '*/resources/*' -o -path '*/proto/*' -o -name pom.xml \) -type f -print 2>/dev/null)

.PHONY: help
help: ## What can be made
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1\t\2/' | expand -t 22

.PHONY: jdk
jdk:
	@if [ -z "$(JDK)" ]; then echo "Daypass needs a JDK 25 and found none: install one (for example Temurin 25) and set JAVA_HOME to it." >&2; exit 1; fi

.PHONY: run
run: $(BROKER) target/daypass ## Start the broker on 127.0.0.1:8080, with its data in ./data
	@exec "$(JDK)/bin/java" @src/broker/jvm.options -jar $(BROKER)

.PHONY: build
build: $(BROKER) target/daypass ## Build the broker and the daypass command

# The command is a jar; this starts it with the JDK that built it.
target/daypass: $(BROKER)
	@mkdir -p target
	@printf '#!/bin/sh\nexec "%s/bin/java" -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -jar "%s/src/cli/target/daypass.jar" "$$@"\n' "$(JDK)" "$(CURDIR)" > $@
	@chmod +x $@

$(BROKER): $(SOURCES) | jdk
	@echo "Building Daypass (the first time fetches its libraries, and takes some minutes)..."
	@$(MVN) -q package -DskipTests -Dspotless.check.skip=true
	@touch $(BROKER)

.PHONY: dist
dist: build ## Make the distribution for a JDK 25, with an AOT cache: target/dist
	@JAVA_HOME="$(JDK)" native/dist.sh

.PHONY: native
native: jdk ## Build native executables with the native-image of GRAALVM_HOME
	@if [ ! -x "$(GRAALVM_HOME)/bin/native-image" ]; then echo "This takes a Mandrel or GraalVM for JDK 25: set GRAALVM_HOME to it." >&2; exit 1; fi
	$(MVN) package -Dnative -DskipTests -Dspotless.check.skip=true -pl src/broker,src/cli -am

.PHONY: smoke
smoke: dist ## Tell the AWS SDK's stories of everything built here, and what each takes to start
	$(MVN) verify -pl src/broker -am -Dtest=NoTest -Dit.test=DistributionsIT -Dspotless.check.skip=true \
	  -Dsurefire.failIfNoSpecifiedTests=false -Dfailsafe.failIfNoSpecifiedTests=false

.PHONY: test
test: jdk ## Run every test and check
	$(MVN) verify

.PHONY: format
format: jdk ## Format the sources
	$(MVN) -q -Ppeers spotless:apply

.PHONY: settings
settings: jdk ## Write docs/settings.md, and the names of settings that the broker knows
	@$(MVN) -q test -pl src/broker -am -Dtest=SettingsTest -Dsurefire.failIfNoSpecifiedTests=false \
	  -Dspotless.check.skip=true -Ddaypass.write-settings=true

.PHONY: native-metadata
native-metadata: jdk ## Write what native images have to know of our classes
	@$(MVN) -q test -pl src/broker -am -Dtest=NativeImageMetadataTest -Dsurefire.failIfNoSpecifiedTests=false \
	  -Dspotless.check.skip=true -Ddaypass.write-native-metadata=true

.PHONY: dev
dev: jdk ## Start the broker with live reload
	$(MVN) -pl src/broker -am compile quarkus:dev

.PHONY: bench
bench: $(BROKER) ## Load a broker, with a bare Quarkus endpoint as the yardstick
	@"$(JDK)/bin/java" --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow \
	  -jar src/bench/target/quarkus-app/quarkus-run.jar $(BROKER)

.PHONY: bench-peers
bench-peers: $(BROKER) ## The same beside Keycloak (KEYCLOAK_HOME=its folder) and radosgw, where it is installed
	@JAVA_HOME="$(JDK)" src/bench/peers.sh

.PHONY: bench-scale
bench-scale: $(BROKER) ## The same with next to nothing stored, and with 100,000 users, roles and policies
	@JAVA_HOME="$(JDK)" src/bench/scale.sh

.PHONY: bench-lists
bench-lists: $(BROKER) ## Walk every list of an account as large as AWS's quotas let it be
	@"$(JDK)/bin/java" --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow \
	  -jar src/bench/target/quarkus-app/quarkus-run.jar $(BROKER) lists

.PHONY: bench-policy
bench-policy: jdk ## Compare the evaluator with Cedar and jCasbin (fetches both); JMH=... adds options
	@$(MVN) -q -Ppeers -pl src/bench/policy -am package -DskipTests -Dspotless.check.skip=true
	@"$(JDK)/bin/java" -cp "src/bench/policy/target/*:src/bench/policy/target/lib/*" org.openjdk.jmh.Main DecisionBenchmark $(JMH)

.PHONY: bench-guard
bench-guard: jdk ## Measure what a guard does in a second; JMH="-t 2" for two threads
	@$(MVN) -q -Ppeers -pl src/bench/policy -am package -DskipTests -Dspotless.check.skip=true
	@"$(JDK)/bin/java" -cp "src/bench/policy/target/*:src/bench/policy/target/lib/*" org.openjdk.jmh.Main GuardBenchmark $(JMH)

.PHONY: clean
clean: jdk ## Remove what was built (not ./data)
	$(MVN) -q -Ppeers clean
