package dev.daypass.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/// The rounds of one measurement; what is told of them is their median.
final class Result {
  private final List<Load.Run> runs = new ArrayList<>();

  void add(Load.Run run) {
    runs.add(run);
  }

  double rate() {
    return median(Load.Run::rate);
  }

  double p50() {
    return median(Load.Run::p50);
  }

  double p99() {
    return median(Load.Run::p99);
  }

  double cpuPerThousand() {
    return median(Load.Run::cpuPerThousand);
  }

  private double median(ToDoubleFunction<Load.Run> figure) {
    double[] sorted = runs.stream().mapToDouble(figure).sorted().toArray();
    return sorted[sorted.length / 2];
  }
}
