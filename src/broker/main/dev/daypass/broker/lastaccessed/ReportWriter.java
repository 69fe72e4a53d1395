package dev.daypass.broker.lastaccessed;

import dev.daypass.broker.lastaccessed.Accesses.Access;
import dev.daypass.policy.Policy;
import dev.daypass.policy.ServiceAccess;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Puts a report together from what the subject's policies give and what the trail tells.
///
/// Listed is every service that the policies could give access to: of those that they name, those
/// that the broker answers and those that were called.
///
/// @param byPrincipal each entity's last call of each service
/// @param byAction the last call of each action; empty in reports of services alone
record ReportWriter(
    List<Policy> policies,
    List<Subject> entities,
    List<Access> byPrincipal,
    Optional<List<Access>> byAction,
    RecordedServices recorded) {

  Report write() {
    ServiceAccess given = ServiceAccess.of(policies);
    Map<String, String> arns =
        entities.stream().collect(Collectors.toMap(Subject::id, Subject::arn));
    Map<String, List<Access>> byService =
        byPrincipal.stream().collect(Collectors.groupingBy(Access::service));
    Map<String, Map<String, Access>> actions = actions();
    TreeSet<String> services = new TreeSet<>(given.named());
    services.addAll(recorded.namespaces());
    services.addAll(byService.keySet());
    return new Report(
        services.stream()
            .filter(given::allowsAnyOf)
            .map(
                service ->
                    line(
                        service,
                        byService.getOrDefault(service, List.of()),
                        tracked(given, service, actions.getOrDefault(service, Map.of()), arns),
                        arns))
            .toList(),
        described());
  }

  private Map<String, Map<String, Access>> actions() {
    return byAction.orElse(List.of()).stream()
        .collect(
            Collectors.groupingBy(
                Access::service, Collectors.toMap(Access::action, Function.identity())));
  }

  private static Report.Line line(
      String service, List<Access> calls, List<Report.Line> tracked, Map<String, String> arns) {
    Optional<Access> last = calls.stream().max(Comparator.comparing(Access::at));
    return new Report.Line(
        service, last.map(call -> call(call, arns)).orElse(null), calls.size(), tracked);
  }

  /// The actions that are given and tracked, called or not.
  private List<Report.Line> tracked(
      ServiceAccess given, String service, Map<String, Access> called, Map<String, String> arns) {
    if (byAction.isEmpty()) {
      return List.of();
    }
    TreeSet<String> names = new TreeSet<>(recorded.actions(service));
    names.addAll(called.keySet());
    return names.stream()
        .filter(name -> given.allows(service + ":" + name))
        .map(name -> new Report.Line(name, call(called.get(name), arns), 0, List.of()))
        .toList();
  }

  private static Report.@Nullable Call call(@Nullable Access access, Map<String, String> arns) {
    return access == null
        ? null
        : new Report.Call(
            access.at().toEpochMilli(),
            access.region(),
            arns.getOrDefault(access.principalId(), ""));
  }

  private List<Report.Entity> described() {
    Map<String, Map<String, Long>> accesses =
        byPrincipal.stream()
            .collect(
                Collectors.groupingBy(
                    Access::principalId,
                    Collectors.toMap(Access::service, access -> access.at().toEpochMilli())));
    return entities.stream()
        .map(
            entity ->
                new Report.Entity(
                    entity.kind().name(),
                    entity.id(),
                    entity.arn(),
                    entity.name(),
                    entity.path(),
                    accesses.getOrDefault(entity.id(), Map.of())))
        .toList();
  }
}
