package dev.daypass.broker.simulation;

import static dev.daypass.wire.ErrorCode.INVALID_INPUT;

import dev.daypass.broker.access.Caller;
import dev.daypass.broker.access.Target;
import dev.daypass.broker.database.Page;
import dev.daypass.broker.identities.Identities;
import dev.daypass.policy.Access;
import dev.daypass.policy.Context;
import dev.daypass.policy.MalformedPolicy;
import dev.daypass.policy.Policies;
import dev.daypass.policy.Policy;
import dev.daypass.policy.PolicySet;
import dev.daypass.policy.PolicyType;
import dev.daypass.policy.Principal;
import dev.daypass.wire.Arn;
import dev.daypass.wire.iam.PolicyText;
import dev.daypass.wire.iam.SimulationMessages.ContextKeys;
import dev.daypass.wire.iam.SimulationMessages.EvaluationResult;
import dev.daypass.wire.iam.SimulationMessages.GetContextKeysForCustomPolicy;
import dev.daypass.wire.iam.SimulationMessages.GetContextKeysForPrincipalPolicy;
import dev.daypass.wire.iam.SimulationMessages.SimulateCustomPolicy;
import dev.daypass.wire.iam.SimulationMessages.SimulatePrincipalPolicy;
import dev.daypass.wire.iam.SimulationMessages.SimulationPage;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/// What would be decided: the evaluator asked about requests that nobody makes. Unlike AWS's own
/// simulator it asks the trust policies of roles, too.
@Singleton
public final class SimulationActions {
  private static final String ASSUME = "sts:assumerole";

  private final Sources sources;
  private final Identities identities;

  SimulationActions(Sources sources, Identities identities) {
    this.sources = sources;
    this.identities = identities;
  }

  /// The user, group or role a simulation is about.
  public Uni<Target> target(Caller caller, String sourceArn) {
    return Uni.createFrom().item(Target.of(sourceArn, caller.account()));
  }

  /// Simulations of policies that nobody has.
  public Uni<Target> anything(Caller caller) {
    return Uni.createFrom().item(Target.of("*", caller.account()));
  }

  /// What is asked, whoever's policies it is asked of.
  private record Asked(
      List<String> actions,
      List<String> resources,
      Optional<PolicyText> resourcePolicy,
      Optional<String> owner,
      Context context,
      Page.Wanted page) {}

  public Uni<SimulationPage> simulateCustom(Caller caller, SimulateCustomPolicy request) {
    Policies policies =
        bounded(
                Policies.identity(
                    given(PolicyType.IDENTITY, request.policyInputList(), "PolicyInputList")),
                request.permissionsBoundaryPolicyInputList())
            .under(
                request.orderedOrganizationPolicyInputList().stream()
                    .map(
                        level ->
                            PolicySet.of(
                                given(
                                    PolicyType.SERVICE_CONTROL,
                                    level.serviceControlPolicyInputList(),
                                    "OrderedOrganizationPolicyInputList")))
                    .toList(),
                List.of());
    Asked asked =
        new Asked(
            request.actionNames(),
            request.resourceArns(),
            request.resourcePolicy(),
            request.resourceOwner(),
            Simulation.context(request.contextEntries()),
            Page.Wanted.of(request.marker(), request.maxItems()));
    return principal(caller, request.callerArn(), Optional.empty())
        .chain(principal -> run(new Source("none", policies, Optional.of(principal)), asked));
  }

  public Uni<SimulationPage> simulatePrincipal(Caller caller, SimulatePrincipalPolicy request) {
    Asked asked =
        new Asked(
            request.actionNames(),
            request.resourceArns(),
            request.resourcePolicy(),
            request.resourceOwner(),
            Simulation.context(request.contextEntries()),
            Page.Wanted.of(request.marker(), request.maxItems()));
    return sources
        .get(caller, request.policySourceArn())
        .map(source -> imagined(source, request))
        .chain(
            source ->
                principal(caller, request.callerArn(), source.principal())
                    .map(
                        principal ->
                            new Source(source.kind(), source.policies(), Optional.of(principal))))
        .chain(source -> run(source, asked));
  }

  /// The source with the policies that the request adds, and without those that it excludes.
  private static Source imagined(Source source, SimulatePrincipalPolicy request) {
    Policies own = source.policies();
    List<Policy> all =
        Stream.concat(
                own.identity().policies().stream()
                    .filter(policy -> !request.policyExclusionList().contains(policy.source())),
                given(PolicyType.IDENTITY, request.policyInputList(), "PolicyInputList").stream())
            .toList();
    Policies imagined =
        new Policies(
            PolicySet.of(all),
            own.boundary(),
            own.session(),
            own.resource(),
            own.serviceControl(),
            own.resourceControl());
    return new Source(
        source.kind(),
        bounded(imagined, request.permissionsBoundaryPolicyInputList()),
        source.principal());
  }

  private Uni<Principal> principal(
      Caller caller, Optional<String> named, Optional<Principal> ofSource) {
    return named
        .map(arn -> sources.caller(caller, arn))
        .orElseGet(() -> Uni.createFrom().item(ofSource.orElse(caller.principal())));
  }

  /// A boundary in the request stands in for the source's own.
  private static Policies bounded(Policies policies, List<PolicyText> boundaries) {
    if (boundaries.size() > 1) {
      throw INVALID_INPUT.error("There can be one permissions boundary.");
    }
    return boundaries.isEmpty()
        ? policies
        : policies.boundedBy(
            given(PolicyType.PERMISSIONS_BOUNDARY, boundaries, "PermissionsBoundaryPolicyInputList")
                .getFirst());
  }

  private static List<Policy> given(PolicyType type, List<PolicyText> texts, String parameter) {
    List<Policy> policies = new ArrayList<>();
    for (PolicyText text : texts) {
      String source = parameter + "." + (policies.size() + 1);
      try {
        policies.add(Policy.parse(type, source, text.value()));
      } catch (MalformedPolicy malformed) {
        throw INVALID_INPUT.error("Invalid Input Policy: " + malformed.getMessage());
      }
    }
    return policies;
  }

  private Uni<SimulationPage> run(Source source, Asked asked) {
    if (asked.actions().isEmpty()) {
      throw INVALID_INPUT.error("ActionNames must not be empty.");
    }
    List<String> resources = asked.resources().isEmpty() ? List.of("*") : asked.resources();
    int first = asked.page().place();
    int all = Math.multiplyExact(asked.actions().size(), resources.size());
    int last = Math.min(all, first + asked.page().toFetch());
    Uni<List<EvaluationResult>> results = Uni.createFrom().item(new ArrayList<>());
    for (int i = first; i < last; i++) {
      String action = asked.actions().get(i / resources.size());
      String resource = resources.get(i % resources.size());
      results =
          results.chain(
              sofar -> one(source, asked, action, resource).map(result -> plus(sofar, result)));
    }
    return results.map(found -> page(found, first, asked.page()));
  }

  private static SimulationPage page(List<EvaluationResult> found, int first, Page.Wanted wanted) {
    List<Integer> numbers =
        Stream.iterate(first, number -> number + 1).limit(found.size()).toList();
    Page<Integer> page = Page.of(numbers, wanted, String::valueOf);
    return new SimulationPage(
        found.subList(0, page.items().size()), page.isTruncated(), page.marker());
  }

  private static <T> List<T> plus(List<T> sofar, T next) {
    sofar.add(next);
    return sofar;
  }

  private Uni<EvaluationResult> one(Source source, Asked asked, String action, String resource) {
    return onResource(source.policies(), asked, action, resource)
        .map(
            policies ->
                Simulation.run(
                    policies,
                    new Access(
                        source.principal().orElseThrow(),
                        action,
                        resource,
                        asked.owner().map(SimulationActions::account),
                        asked.context()),
                    source.kind()));
  }

  /// The owner is an account, or the ARN of its root.
  private static String account(String owner) {
    return owner.startsWith("arn:") ? Arn.parse(owner).account() : owner;
  }

  private Uni<Policies> onResource(Policies policies, Asked asked, String action, String resource) {
    if (asked.resourcePolicy().isPresent()) {
      PolicyType type =
          action.toLowerCase(Locale.ROOT).startsWith(ASSUME)
              ? PolicyType.TRUST
              : PolicyType.RESOURCE;
      Policy given =
          given(type, List.of(asked.resourcePolicy().get()), "ResourcePolicy").getFirst();
      return Uni.createFrom().item(policies.on(given));
    }
    boolean ofRole =
        action.equalsIgnoreCase(ASSUME)
            && resource.startsWith("arn:aws:iam::")
            && resource.contains(":role/");
    return ofRole
        ? identities
            .role(resource)
            .map(found -> found.map(role -> policies.on(role.trust())).orElse(policies))
        : Uni.createFrom().item(policies);
  }

  public Uni<ContextKeys> keysOfCustom(Caller caller, GetContextKeysForCustomPolicy request) {
    return Uni.createFrom()
        .item(keys(given(PolicyType.IDENTITY, request.policyInputList(), "PolicyInputList")));
  }

  public Uni<ContextKeys> keysOfPrincipal(Caller caller, GetContextKeysForPrincipalPolicy request) {
    List<Policy> more = given(PolicyType.IDENTITY, request.policyInputList(), "PolicyInputList");
    return sources
        .get(caller, request.policySourceArn())
        .map(
            source ->
                keys(
                    Stream.concat(source.policies().identity().policies().stream(), more.stream())
                        .toList()));
  }

  private static ContextKeys keys(List<Policy> policies) {
    TreeSet<String> keys = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    policies.forEach(policy -> keys.addAll(policy.conditionKeys()));
    return new ContextKeys(List.copyOf(keys));
  }
}
