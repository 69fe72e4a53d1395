package dev.daypass.broker.apply;

import dev.daypass.wire.Request;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The steps found so far, by phase.
final class Steps {
  private final Map<Step.Phase, List<Step>> phases = new EnumMap<>(Step.Phase.class);

  void add(Step.Phase phase, String thing, String detail, Request<?> request) {
    add(phase, new Step(Step.Sign.ADDED, thing, detail, request, Optional.empty()));
  }

  void make(
      Step.Phase phase, String thing, String detail, Request<?> request, Step.Marking marking) {
    add(phase, new Step(Step.Sign.ADDED, thing, detail, request, Optional.of(marking)));
  }

  void change(Step.Phase phase, String thing, String detail, Request<?> request) {
    add(phase, new Step(Step.Sign.CHANGED, thing, detail, request, Optional.empty()));
  }

  void remove(Step.Phase phase, String thing, String detail, Request<?> request) {
    add(phase, new Step(Step.Sign.REMOVED, thing, detail, request, Optional.empty()));
  }

  void add(Step.Phase phase, Step step) {
    phases.computeIfAbsent(phase, _ -> new ArrayList<>()).add(step);
  }

  List<Step> inOrder() {
    return phases.values().stream().flatMap(List::stream).toList();
  }
}
