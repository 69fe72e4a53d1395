package dev.daypass.broker.sessions;

import static dev.daypass.wire.ErrorCode.ACCESS_DENIED;
import static dev.daypass.wire.ErrorCode.VALIDATION_ERROR;

import dev.daypass.broker.access.Authorizer;
import dev.daypass.broker.access.Caller;
import dev.daypass.broker.access.Lineage;
import dev.daypass.broker.access.Session;
import dev.daypass.broker.access.Target;
import dev.daypass.broker.identities.AccountIdentity;
import dev.daypass.broker.identities.Identities;
import dev.daypass.broker.identities.Membership;
import dev.daypass.policy.Context;
import dev.daypass.policy.Policies;
import dev.daypass.wire.sts.AssumeRoot;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Lets a management account act as the root of a member, for one task and fifteen minutes.
///
/// @see <a
///   href="https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoot.html">AssumeRoot</a>
@Singleton
public final class RootActions {
  private static final String ACTION = "sts:AssumeRoot";
  private static final Pattern TARGET = Pattern.compile("(\\d{12})|arn:aws:iam::(\\d{12}):root");
  private static final int LONGEST = 900;

  private final Identities identities;
  private final Authorizer authorizer;
  private final SessionTokens tokens;
  private final SecureRandom random;

  RootActions(
      Identities identities, Authorizer authorizer, SessionTokens tokens, SecureRandom random) {
    this.identities = identities;
    this.authorizer = authorizer;
    this.tokens = tokens;
    this.random = random;
  }

  /// An account that is not there, is closed, is another organization's or does not have the
  /// feature: all look the same from outside.
  public Uni<AssumeRoot.Result> assumeRoot(Caller caller, AssumeRoot request) {
    String account = account(request.targetPrincipal().value());
    RootTask task = task(request.taskPolicyArn().arn().value());
    return identities
        .account(account)
        .map(found -> found.filter(member -> isManagedBy(caller, member)))
        .map(found -> found.filter(_ -> task.enabled(caller.membership().orElseThrow())))
        .map(found -> found.orElseThrow(() -> denied(caller, account)))
        .call(member -> permit(caller, member, task))
        .map(_ -> open(caller, account, task, request));
  }

  private static String account(String target) {
    Matcher named = TARGET.matcher(target);
    if (!named.matches()) {
      throw VALIDATION_ERROR.error("TargetPrincipal %s is invalid".formatted(target));
    }
    return named.group(1) == null ? named.group(2) : named.group(1);
  }

  private static RootTask task(String policyArn) {
    return RootTask.of(policyArn)
        .orElseThrow(
            () -> VALIDATION_ERROR.error("TaskPolicyArn %s is invalid".formatted(policyArn)));
  }

  private static boolean isManagedBy(Caller caller, AccountIdentity member) {
    return !member.closed()
        && !member.id().equals(caller.account())
        && member
            .membership()
            .filter(is -> is.managementAccount().equals(caller.account()))
            .isPresent();
  }

  /// The caller's own policies, within what controls the member's resources: a root has no policy
  /// that could let others in.
  private Uni<Policies> permit(Caller caller, AccountIdentity member, RootTask task) {
    Membership organization = member.membership().orElseThrow();
    Context about =
        organization
            .context("Resource")
            .with(
                Context.builder()
                    .put("aws:ResourceAccount", member.id())
                    .put("sts:TaskPolicyArn", task.policyArn())
                    .build());
    Target root = Target.of(root(member.id()), caller.account()).with(about);
    return authorizer
        .policiesOf(caller)
        .map(own -> own.under(own.serviceControl(), organization.resourceControl()))
        .invoke(policies -> Authorizer.require(policies, caller, ACTION, root));
  }

  private AssumeRoot.Result open(Caller caller, String account, RootTask task, AssumeRoot request) {
    Optional<String> sourceIdentity = caller.session().flatMap(Session::sourceIdentity);
    SessionMint mint =
        new SessionMint(
            Session.Kind.ROOT,
            account,
            root(account),
            account,
            "root",
            Optional.empty(),
            sourceIdentity,
            Map.of(),
            Set.of(),
            Optional.empty(),
            List.of(task.policyArn()),
            Lineage.of(caller),
            caller.session().flatMap(Session::signIn),
            Optional.empty());
    Duration lifetime =
        Duration.ofSeconds(
            request.durationSeconds().map(AssumeRoot.RootDuration::value).orElse(LONGEST));
    Session session = mint.open(lifetime, caller.origin().time(), random);
    SessionTokens.Issued issued = tokens.issue(session, request.minimumSessionTokenSize());
    return new AssumeRoot.Result(
        issued.credentials(), sourceIdentity, issued.utilization(), issued.size());
  }

  private static String root(String account) {
    return "arn:aws:iam::" + account + ":root";
  }

  private static RuntimeException denied(Caller caller, String account) {
    return ACCESS_DENIED.error(
        "User: %s is not authorized to perform: %s on resource: %s"
            .formatted(caller.arn(), ACTION, root(account)));
  }
}
