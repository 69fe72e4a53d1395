package dev.daypass.broker.policies;

import static dev.daypass.wire.ErrorCode.ACCESS_DENIED;
import static dev.daypass.wire.ErrorCode.DELETE_CONFLICT;
import static dev.daypass.wire.ErrorCode.ENTITY_ALREADY_EXISTS;
import static dev.daypass.wire.ErrorCode.LIMIT_EXCEEDED;
import static dev.daypass.wire.ErrorCode.NO_SUCH_ENTITY;
import static dev.daypass.wire.Nothing.NOTHING;

import dev.daypass.broker.access.Caller;
import dev.daypass.broker.access.Target;
import dev.daypass.broker.database.Page;
import dev.daypass.broker.database.Quota;
import dev.daypass.broker.documents.Documents;
import dev.daypass.broker.tags.PostgresTags;
import dev.daypass.wire.Arn;
import dev.daypass.wire.Nothing;
import dev.daypass.wire.UniqueId;
import dev.daypass.wire.iam.PolicyArn;
import dev.daypass.wire.iam.PolicyDescription;
import dev.daypass.wire.iam.PolicyMessages.CreatePolicy;
import dev.daypass.wire.iam.PolicyMessages.CreatePolicyVersion;
import dev.daypass.wire.iam.PolicyMessages.DeletePolicy;
import dev.daypass.wire.iam.PolicyMessages.DeletePolicyVersion;
import dev.daypass.wire.iam.PolicyMessages.GetPolicy;
import dev.daypass.wire.iam.PolicyMessages.GetPolicyVersion;
import dev.daypass.wire.iam.PolicyMessages.ListPolicies;
import dev.daypass.wire.iam.PolicyMessages.ListPolicyTags;
import dev.daypass.wire.iam.PolicyMessages.ListPolicyVersions;
import dev.daypass.wire.iam.PolicyMessages.Policy;
import dev.daypass.wire.iam.PolicyMessages.PolicyVersion;
import dev.daypass.wire.iam.PolicyMessages.SetDefaultPolicyVersion;
import dev.daypass.wire.iam.PolicyMessages.TagPolicy;
import dev.daypass.wire.iam.PolicyMessages.UntagPolicy;
import dev.daypass.wire.iam.PolicyPath;
import dev.daypass.wire.iam.PolicyScope;
import dev.daypass.wire.iam.PolicyText;
import dev.daypass.wire.iam.PolicyUsage;
import dev.daypass.wire.iam.TagPage;
import dev.daypass.wire.iam.VersionId;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What callers can do to managed policies and their versions.
@Singleton
public final class PolicyActions {
  private final PostgresPolicies policies;
  private final PostgresTags tags;
  private final SecureRandom random;

  PolicyActions(PostgresPolicies policies, PostgresTags tags, SecureRandom random) {
    this.policies = policies;
    this.tags = tags;
    this.random = random;
  }

  /// The policy a call is about.
  public Uni<Target> target(Caller caller, PolicyArn arn) {
    return policies
        .find(arn.value())
        .chain(
            found ->
                found
                    .map(policy -> tags.of(policy.id()))
                    .orElseGet(() -> Uni.createFrom().item(Map.of())))
        .map(own -> Target.tagged(arn.value(), caller.account(), own));
  }

  public Uni<Target> created(Caller caller, CreatePolicy request) {
    String arn =
        Arn.iam(caller.account(), "policy" + pathOf(request) + request.policyName()).toString();
    return Uni.createFrom()
        .item(Target.of(arn, caller.account()).with(PostgresTags.context(request.tags())));
  }

  public Uni<Target> listed(Caller caller, ListPolicies request) {
    String prefix = request.pathPrefix().map(PolicyPath::value).orElse("/");
    String arn = Arn.iam(caller.account(), "policy" + prefix).toString();
    return Uni.createFrom().item(Target.of(arn, caller.account()));
  }

  private static String pathOf(CreatePolicy request) {
    return request.path().map(PolicyPath::value).orElse("/");
  }

  public Uni<CreatePolicy.Result> create(Caller caller, CreatePolicy request) {
    ManagedPolicy policy =
        new ManagedPolicy(
            UniqueId.random(UniqueId.Kind.POLICY, random),
            caller.account(),
            pathOf(request),
            request.policyName().value(),
            request.description().map(PolicyDescription::value),
            1,
            1,
            caller.origin().time(),
            caller.origin().time());
    checkDocument(policy, request.policyDocument());
    return policies
        .taken(policy.account(), policy.name())
        .invoke(taken -> refuseTaken(taken, policy))
        .chain(() -> policies.count(policy.account()))
        .invoke(count -> Quota.POLICIES.check(count + 1))
        .chain(() -> policies.add(policy))
        .chain(
            () ->
                policies.addVersion(
                    policy.id(), 1, request.policyDocument().value(), policy.createdAt()))
        .chain(() -> tags.put(policy.id(), request.tags()))
        .map(
            _ ->
                new CreatePolicy.Result(
                    policy.onWire(new ManagedPolicy.Usage(0, 0), request.tags())));
  }

  private static void refuseTaken(boolean taken, ManagedPolicy policy) {
    if (taken) {
      throw ENTITY_ALREADY_EXISTS.error(
          "A policy called %s already exists. Duplicate names are not allowed."
              .formatted(policy.name()));
    }
  }

  private static void checkDocument(ManagedPolicy policy, PolicyText document) {
    Quota.POLICY_SIZE.check(Documents.parseManaged(policy.arn(), document.value()).size());
  }

  public Uni<GetPolicy.Result> get(Caller caller, GetPolicy request) {
    return policies
        .get(caller.account(), request.policyArn().value())
        .chain(policy -> onWire(caller, policy))
        .map(GetPolicy.Result::new);
  }

  private Uni<Policy> onWire(Caller caller, ManagedPolicy policy) {
    return policies
        .usage(caller.account(), policy.arn())
        .chain(usage -> tags.list(policy.id()).map(own -> policy.onWire(usage, own)));
  }

  public Uni<ListPolicies.Result> list(Caller caller, ListPolicies request) {
    List<String> accounts =
        switch (request.scope().orElse(PolicyScope.ALL)) {
          case ALL -> List.of(caller.account(), ManagedPolicy.AWS);
          case AWS -> List.of(ManagedPolicy.AWS);
          case LOCAL -> List.of(caller.account());
        };
    return policies
        .page(
            new PostgresPolicies.Filter(
                caller.account(),
                accounts,
                request.pathPrefix().map(PolicyPath::value).orElse(""),
                usages(request)),
            Page.Wanted.of(request.marker(), request.maxItems()))
        .chain(
            page ->
                policies
                    .usages(
                        caller.account(), page.items().stream().map(ManagedPolicy::arn).toList())
                    .map(
                        usages ->
                            page.map(
                                policy ->
                                    policy.listed(
                                        usages.getOrDefault(
                                            policy.arn(), ManagedPolicy.Usage.NONE)))))
        .map(page -> new ListPolicies.Result(page.items(), page.isTruncated(), page.marker()));
  }

  private static Set<PolicyUsage> usages(ListPolicies request) {
    return Stream.concat(
            request.policyUsageFilter().stream(),
            request
                .onlyAttached()
                .filter(is -> is)
                .map(_ -> PolicyUsage.PERMISSIONS_POLICY)
                .stream())
        .collect(Collectors.toUnmodifiableSet());
  }

  public Uni<Nothing> delete(Caller caller, DeletePolicy request) {
    return own(caller, request.policyArn())
        .call(
            policy ->
                policies.usage(caller.account(), policy.arn()).invoke(PolicyActions::refuseUsed))
        .call(policy -> policies.versions(policy.id()).invoke(PolicyActions::refuseVersions))
        .call(policy -> tags.removeAll(policy.id()))
        .chain(policy -> policies.remove(policy.id()))
        .replaceWith(NOTHING);
  }

  private static void refuseUsed(ManagedPolicy.Usage usage) {
    if (usage.attachments() + usage.boundaries() > 0) {
      throw DELETE_CONFLICT.error("Cannot delete a policy attached to entities.");
    }
  }

  private static void refuseVersions(List<PolicyVersionRow> versions) {
    if (versions.size() > 1) {
      throw DELETE_CONFLICT.error(
          "This policy has more than one version. Before you delete a policy, you must delete the"
              + " policy's versions. The default version is deleted with the policy.");
    }
  }

  public Uni<CreatePolicyVersion.Result> createVersion(Caller caller, CreatePolicyVersion request) {
    boolean asDefault = request.setAsDefault().orElse(false);
    return own(caller, request.policyArn())
        .invoke(policy -> checkDocument(policy, request.policyDocument()))
        .call(policy -> policies.versions(policy.id()).invoke(PolicyActions::checkRoom))
        .map(
            policy ->
                policy.withVersion(policy.lastVersion() + 1, asDefault, caller.origin().time()))
        .call(
            policy ->
                policies.addVersion(
                    policy.id(),
                    policy.lastVersion(),
                    request.policyDocument().value(),
                    policy.updatedAt()))
        .call(policies::update)
        .map(
            policy ->
                new CreatePolicyVersion.Result(
                    new PolicyVersion(
                        Optional.empty(),
                        "v" + policy.lastVersion(),
                        asDefault,
                        policy.updatedAt())));
  }

  /// This quota has a sentence of its own instead of the usual one.
  private static void checkRoom(List<PolicyVersionRow> versions) {
    if (versions.size() >= Quota.VERSIONS_PER_POLICY.most()) {
      throw LIMIT_EXCEEDED.error(
          "A managed policy can have up to 5 versions. Before you create a new version, you must"
              + " delete an existing version.");
    }
  }

  public Uni<GetPolicyVersion.Result> getVersion(Caller caller, GetPolicyVersion request) {
    return policies
        .get(caller.account(), request.policyArn().value())
        .chain(policy -> version(policy, request.versionId()).map(row -> shown(policy, row, true)))
        .map(GetPolicyVersion.Result::new);
  }

  private Uni<PolicyVersionRow> version(ManagedPolicy policy, VersionId id) {
    return policies
        .version(policy.id(), number(id))
        .map(
            found ->
                found.orElseThrow(
                    () ->
                        NO_SUCH_ENTITY.error(
                            "Policy %s version %s does not exist or is not attachable."
                                .formatted(policy.arn(), id))));
  }

  private static int number(VersionId id) {
    String digits = id.value().substring(1).split("\\.", 2)[0];
    return digits.length() > 9 ? Integer.MAX_VALUE : Integer.parseInt(digits);
  }

  private static PolicyVersion shown(
      ManagedPolicy policy, PolicyVersionRow row, boolean withDocument) {
    return new PolicyVersion(
        withDocument ? Optional.of(new PolicyText(row.document)) : Optional.empty(),
        "v" + row.number,
        row.number == policy.defaultVersion(),
        row.createdAt);
  }

  /// Newest first.
  public Uni<ListPolicyVersions.Result> listVersions(Caller caller, ListPolicyVersions request) {
    Page.Wanted wanted = Page.Wanted.of(request.marker(), request.maxItems());
    return policies
        .get(caller.account(), request.policyArn().value())
        .chain(
            policy ->
                policies
                    .versions(policy.id())
                    .map(
                        rows ->
                            Page.cut(rows, wanted, PolicyActions::newestFirst)
                                .map(row -> shown(policy, row, false))))
        .map(
            page -> new ListPolicyVersions.Result(page.items(), page.isTruncated(), page.marker()));
  }

  private static String newestFirst(PolicyVersionRow row) {
    return String.format(Locale.ROOT, "%010d", Integer.MAX_VALUE - row.number);
  }

  public Uni<Nothing> setDefault(Caller caller, SetDefaultPolicyVersion request) {
    return own(caller, request.policyArn())
        .chain(
            policy ->
                version(policy, request.versionId())
                    .map(row -> policy.withVersion(row.number, true, caller.origin().time())))
        .chain(policies::update)
        .replaceWith(NOTHING);
  }

  public Uni<Nothing> deleteVersion(Caller caller, DeletePolicyVersion request) {
    return own(caller, request.policyArn())
        .chain(
            policy ->
                version(policy, request.versionId())
                    .invoke(row -> refuseDefault(policy, row))
                    .chain(row -> policies.removeVersion(policy.id(), row.number)))
        .replaceWith(NOTHING);
  }

  private static void refuseDefault(ManagedPolicy policy, PolicyVersionRow row) {
    if (row.number == policy.defaultVersion()) {
      throw DELETE_CONFLICT.error("Cannot delete the default version of a policy.");
    }
  }

  public Uni<Nothing> tag(Caller caller, TagPolicy request) {
    return own(caller, request.policyArn())
        .chain(policy -> tags.put(policy.id(), request.tags()))
        .replaceWith(NOTHING);
  }

  public Uni<Nothing> untag(Caller caller, UntagPolicy request) {
    return own(caller, request.policyArn())
        .chain(policy -> tags.remove(policy.id(), request.tagKeys()))
        .replaceWith(NOTHING);
  }

  public Uni<TagPage> listTags(Caller caller, ListPolicyTags request) {
    return policies
        .get(caller.account(), request.policyArn().value())
        .chain(
            policy -> tags.page(policy.id(), Page.Wanted.of(request.marker(), request.maxItems())));
  }

  /// The policy, to be changed: those that come with Daypass cannot be.
  private Uni<ManagedPolicy> own(Caller caller, PolicyArn arn) {
    return policies
        .get(caller.account(), arn.value())
        .invoke(
            policy -> {
              if (policy.account().equals(ManagedPolicy.AWS)) {
                throw ACCESS_DENIED.error(
                    "Policy %s is managed by Daypass and cannot be changed.".formatted(arn));
              }
            });
  }
}
