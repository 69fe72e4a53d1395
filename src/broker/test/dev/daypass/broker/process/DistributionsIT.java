package dev.daypass.broker.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.daypass.broker.embedded.EmbeddedServers;
import dev.daypass.broker.stories.AllStories;
import dev.daypass.broker.stories.Story;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/// The stories of AWS's SDK, told of everything that was built; with what each takes to start, side
/// by side. `make smoke` builds what can be built here and runs it.
class DistributionsIT {
  private static final List<String> TABLE = new ArrayList<>();

  @TempDir(cleanup = CleanupMode.NEVER)
  Path folder;

  @TestFactory
  Stream<DynamicTest> every_distribution_lives_every_story() {
    return Distribution.built().stream()
        .map(each -> DynamicTest.dynamicTest(each.name(), () -> live(each)));
  }

  private void live(Distribution distribution) throws Exception {
    try (EmbeddedServers servers = EmbeddedServers.start(folder.resolve(distribution.name()))) {
      Map<String, String> settings = BrokerProcess.over(servers, folder.resolve("unused"));
      BrokerProcess.start(distribution, settings).close();
      long begun = System.nanoTime();
      try (BrokerProcess broker = BrokerProcess.start(distribution, settings)) {
        long started = (System.nanoTime() - begun) / 1_000_000;
        long atFirst = broker.residentMegabytes();
        assertThat(failures(URI.create("http://127.0.0.1:" + broker.port() + "/"))).isEmpty();
        TABLE.add(
            "%-12s %8d %14d %14d"
                .formatted(distribution.name(), started, atFirst, broker.residentMegabytes()));
      }
    }
  }

  private static List<String> failures(URI server) {
    List<String> failures = new ArrayList<>();
    AllStories.told()
        .filter(DistributionsIT::needsNoNames)
        .forEach(
            story -> {
              try {
                story.tell(server);
              } catch (Exception | AssertionError e) {
                failures.add(story + ": " + e.getMessage());
              }
            });
    return failures;
  }

  /// The issuers of tests have names that only the resolver of tests knows, in the broker's own
  /// process.
  private static boolean needsNoNames(Story story) {
    return story.refuses() || !story.action().equals("AssumeRoleWithWebIdentity");
  }

  @Test
  void a_native_executable_is_among_them_where_one_can_be_built() {
    assumeTrue(
        System.getenv("GRAALVM_HOME") != null && Boolean.getBoolean("daypass.native"),
        "SKIP: no native executable was built; it takes GRAALVM_HOME and -Dnative");
    assertThat(Distribution.built()).extracting(Distribution::name).contains("native");
  }

  @AfterAll
  static void told() {
    System.out.println("              start ms   MiB at first   MiB at last");
    TABLE.forEach(System.out::println);
  }
}
