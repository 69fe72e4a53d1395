package dev.daypass.broker.rolesanywhere;

import static dev.daypass.wire.ErrorCode.VALIDATION_ERROR;

import dev.daypass.broker.access.Authorizer;
import dev.daypass.broker.access.Caller;
import dev.daypass.broker.access.Target;
import dev.daypass.broker.database.Quota;
import dev.daypass.broker.documents.Documents;
import dev.daypass.broker.identities.Identities;
import dev.daypass.broker.tags.PostgresTags;
import dev.daypass.policy.Context;
import dev.daypass.policy.PolicyType;
import dev.daypass.wire.Arn;
import dev.daypass.wire.rolesanywhere.CertificateField;
import dev.daypass.wire.rolesanywhere.ManagedPolicyArn;
import dev.daypass.wire.rolesanywhere.ProfileMessages.CreateProfile;
import dev.daypass.wire.rolesanywhere.ProfileMessages.DeleteAttributeMapping;
import dev.daypass.wire.rolesanywhere.ProfileMessages.DeleteProfile;
import dev.daypass.wire.rolesanywhere.ProfileMessages.DisableProfile;
import dev.daypass.wire.rolesanywhere.ProfileMessages.EnableProfile;
import dev.daypass.wire.rolesanywhere.ProfileMessages.GetProfile;
import dev.daypass.wire.rolesanywhere.ProfileMessages.ListProfiles;
import dev.daypass.wire.rolesanywhere.ProfileMessages.ProfileResult;
import dev.daypass.wire.rolesanywhere.ProfileMessages.PutAttributeMapping;
import dev.daypass.wire.rolesanywhere.ProfileMessages.UpdateProfile;
import dev.daypass.wire.rolesanywhere.ProfileRoleArn;
import dev.daypass.wire.rolesanywhere.ResourceId;
import dev.daypass.wire.rolesanywhere.SessionDuration;
import dev.daypass.wire.rolesanywhere.SessionPolicy;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/// What callers can do to profiles.
@Singleton
public final class ProfileActions {
  private static final String PASS_ROLE = "iam:PassRole";
  private static final Context TO_ROLES_ANYWHERE =
      Context.builder().put("iam:PassedToService", CertificateIdentities.SERVICE).build();
  private static final int USUAL_DURATION = 3600;
  private static final int MOST_POLICIES = 10;
  private static final int LONGEST_POLICIES = 2048;
  private static final int MOST_MAPPINGS = 200;

  private final PostgresRolesAnywhere resources;
  private final PostgresTags tags;
  private final Identities identities;
  private final Authorizer authorizer;

  ProfileActions(
      PostgresRolesAnywhere resources,
      PostgresTags tags,
      Identities identities,
      Authorizer authorizer) {
    this.resources = resources;
    this.tags = tags;
    this.identities = identities;
    this.authorizer = authorizer;
  }

  /// Whoever makes roles reachable by certificate must be allowed to pass each of them on.
  public Uni<ProfileResult> create(Caller caller, CreateProfile request) {
    Profile profile =
        new Profile(
            Resource.made(Resource.Kind.PROFILE, caller, request.name(), request.enabled()),
            request.requireInstanceProperties().orElse(false),
            caller.arn(),
            request.sessionPolicy().map(SessionPolicy::value),
            request.roleArns().stream().map(ProfileRoleArn::value).toList(),
            request.managedPolicyArns().stream().map(ManagedPolicyArn::value).toList(),
            request.durationSeconds().map(SessionDuration::value).orElse(USUAL_DURATION),
            request.acceptRoleSessionName().orElse(false),
            Mapping.USUAL);
    return pass(caller, profile.roleArns())
        .invoke(() -> check(profile))
        .chain(() -> resources.profiles().count(caller.account()))
        .invoke(count -> Quota.PROFILES.check(count + 1))
        .chain(() -> resources.profiles().add(profile))
        .chain(() -> tags.put(profile.resource().id(), request.tags()))
        .map(_ -> new ProfileResult(profile.onWire()));
  }

  private Uni<Void> pass(Caller caller, List<String> roles) {
    Uni<Void> allowed = Uni.createFrom().voidItem();
    for (String role : roles) {
      allowed =
          allowed
              .chain(() -> role(caller, role))
              .chain(
                  target -> authorizer.require(caller, PASS_ROLE, target.with(TO_ROLES_ANYWHERE)));
    }
    return allowed;
  }

  private Uni<Target> role(Caller caller, String arn) {
    Arn parsed = Arn.parse(arn);
    if (!parsed.account().equals(caller.account()) || !parsed.resource().startsWith("role/")) {
      throw VALIDATION_ERROR.error("%s is no role of this account.".formatted(arn));
    }
    return identities
        .role(arn)
        .map(
            found ->
                found
                    .map(role -> Target.tagged(arn, caller.account(), role.tags()))
                    .orElseGet(() -> Target.of(arn, caller.account())));
  }

  /// What could narrow no session is not saved.
  private static void check(Profile profile) {
    if (profile.managedPolicyArns().size() > MOST_POLICIES) {
      throw VALIDATION_ERROR.error(
          "No more than %d managed policies narrow a session.".formatted(MOST_POLICIES));
    }
    int size =
        profile.sessionPolicy().map(String::length).orElse(0)
            + profile.managedPolicyArns().stream().mapToInt(String::length).sum();
    if (size > LONGEST_POLICIES) {
      throw VALIDATION_ERROR.error(
          "The session policy and the ARNs of managed policies must have %d characters at most."
              .formatted(LONGEST_POLICIES));
    }
    profile
        .sessionPolicy()
        .ifPresent(text -> Documents.parse(PolicyType.SESSION, "session policy", text));
  }

  public Uni<ProfileResult> get(Caller caller, GetProfile request) {
    return find(caller, request.profileId()).map(ProfileActions::result);
  }

  public Uni<ListProfiles.Result> list(Caller caller, ListProfiles request) {
    return resources
        .profiles()
        .page(caller.account(), ResourceActions.wanted(request.nextToken(), request.pageSize()))
        .map(
            page ->
                new ListProfiles.Result(
                    page.items().stream().map(Profile::onWire).toList(), page.marker()));
  }

  public Uni<ProfileResult> update(Caller caller, UpdateProfile request) {
    Optional<List<String>> roles =
        request.roleArns().map(arns -> arns.stream().map(ProfileRoleArn::value).toList());
    return find(caller, request.profileId())
        .call(() -> pass(caller, roles.orElse(List.of())))
        .map(profile -> updated(caller, profile, request, roles))
        .invoke(ProfileActions::check)
        .chain(this::put);
  }

  private static Profile updated(
      Caller caller, Profile profile, UpdateProfile request, Optional<List<String>> roles) {
    return new Profile(
        profile.resource().named(caller, request.name()),
        profile.requireInstanceProperties(),
        profile.createdBy(),
        request.sessionPolicy().map(SessionPolicy::value).or(profile::sessionPolicy),
        roles.orElse(profile.roleArns()),
        request
            .managedPolicyArns()
            .map(arns -> arns.stream().map(ManagedPolicyArn::value).toList())
            .orElse(profile.managedPolicyArns()),
        request.durationSeconds().map(SessionDuration::value).orElse(profile.durationSeconds()),
        request.acceptRoleSessionName().orElse(profile.acceptRoleSessionName()),
        profile.mappings());
  }

  public Uni<ProfileResult> enable(Caller caller, EnableProfile request) {
    return turn(caller, request.profileId(), true);
  }

  public Uni<ProfileResult> disable(Caller caller, DisableProfile request) {
    return turn(caller, request.profileId(), false);
  }

  private Uni<ProfileResult> turn(Caller caller, ResourceId id, boolean on) {
    return find(caller, id)
        .map(profile -> profile.with(profile.resource().switched(caller, on)))
        .chain(this::put);
  }

  public Uni<ProfileResult> delete(Caller caller, DeleteProfile request) {
    return find(caller, request.profileId())
        .call(profile -> tags.removeAll(profile.resource().id()))
        .call(profile -> resources.profiles().remove(profile.resource().id()))
        .map(ProfileActions::result);
  }

  /// The rules of a field, in the place of those it had.
  public Uni<ProfileResult> putMapping(Caller caller, PutAttributeMapping request) {
    CertificateField field = request.certificateField();
    List<Mapping> added =
        request.mappingRules().stream()
            .map(rule -> Mapping.of(field, rule.specifier()))
            .distinct()
            .toList();
    if (added.isEmpty()) {
      throw VALIDATION_ERROR.error("mappingRules must not be empty.");
    }
    return remap(
        caller,
        request.profileId(),
        mappings ->
            Stream.concat(
                    mappings.stream().filter(mapping -> mapping.field() != field), added.stream())
                .toList());
  }

  public Uni<ProfileResult> deleteMapping(Caller caller, DeleteAttributeMapping request) {
    CertificateField field = request.certificateField();
    List<Mapping> removed =
        request.specifiers().stream().map(specifier -> Mapping.of(field, specifier)).toList();
    return remap(
        caller,
        request.profileId(),
        mappings ->
            mappings.stream()
                .filter(
                    mapping ->
                        mapping.field() != field
                            || !(removed.isEmpty() || removed.contains(mapping)))
                .toList());
  }

  private Uni<ProfileResult> remap(
      Caller caller, ResourceId id, UnaryOperator<List<Mapping>> change) {
    return find(caller, id)
        .map(
            profile ->
                profile.with(
                    profile.resource().named(caller, Optional.empty()),
                    change.apply(profile.mappings())))
        .invoke(
            profile -> {
              if (profile.mappings().size() > MOST_MAPPINGS) {
                throw VALIDATION_ERROR.error(
                    "A profile has no more than %d mapping rules.".formatted(MOST_MAPPINGS));
              }
            })
        .chain(this::put);
  }

  private Uni<Profile> find(Caller caller, ResourceId id) {
    return resources.profiles().get(caller.account(), id.value());
  }

  private Uni<ProfileResult> put(Profile profile) {
    return resources.profiles().put(profile).replaceWith(result(profile));
  }

  private static ProfileResult result(Profile profile) {
    return new ProfileResult(profile.onWire());
  }
}
