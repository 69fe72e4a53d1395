package dev.daypass.bench.policy;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// One decision, by each engine, over the same rules and questions; one thread.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(
    value = 1,
    jvmArgsAppend = {"--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow"})
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 1)
public class DecisionBenchmark {
  @Param({"1", "10", "100", "1000"})
  public int policies;

  @Param({"prefix", "wildcard"})
  public String patterns = "";

  @Param({"daypass", "daypass-all-layers", "cedar", "cedar-cached", "jcasbin"})
  public String engine = "";

  private Engine asked = question -> false;
  private int questions;
  private int next;

  @Setup
  public void make() throws Exception {
    Workload workload = new Workload(policies, patterns.equals("wildcard"));
    questions = workload.questions().size();
    asked =
        Engine.checked(
            switch (engine) {
              case "daypass" -> new Daypass(workload, false);
              case "daypass-all-layers" -> new Daypass(workload, true);
              case "cedar" -> new Cedar(workload, false);
              case "cedar-cached" -> new Cedar(workload, true);
              case "jcasbin" -> new JCasbin(workload);
              default -> throw new IllegalArgumentException(engine);
            },
            workload);
  }

  @Benchmark
  public boolean decide() {
    next = next + 1 == questions ? 0 : next + 1;
    return asked.allowed(next);
  }
}
