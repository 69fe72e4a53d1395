package dev.daypass.broker.delegation;

import static dev.daypass.wire.ErrorCode.ACCESS_DENIED;
import static dev.daypass.wire.ErrorCode.ENTITY_ALREADY_EXISTS;
import static dev.daypass.wire.ErrorCode.INVALID_INPUT;
import static dev.daypass.wire.Nothing.NOTHING;

import dev.daypass.broker.access.Caller;
import dev.daypass.broker.access.Target;
import dev.daypass.broker.accounts.PostgresAccounts;
import dev.daypass.broker.delegation.PostgresDelegations.Step;
import dev.daypass.broker.identities.Identities;
import dev.daypass.policy.Context;
import dev.daypass.policy.Policy;
import dev.daypass.wire.Base32;
import dev.daypass.wire.Nothing;
import dev.daypass.wire.iam.DelegationMessage;
import dev.daypass.wire.iam.DelegationMessages.AcceptDelegationRequest;
import dev.daypass.wire.iam.DelegationMessages.AssociateDelegationRequest;
import dev.daypass.wire.iam.DelegationMessages.CreateDelegationRequest;
import dev.daypass.wire.iam.DelegationMessages.RejectDelegationRequest;
import dev.daypass.wire.iam.DelegationMessages.SendDelegationToken;
import dev.daypass.wire.iam.DelegationMessages.UpdateDelegationRequest;
import dev.daypass.wire.iam.OwnerAccountId;
import dev.daypass.wire.iam.PolicyArn;
import dev.daypass.wire.iam.RedirectUrl;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/// What callers can do to requests for permissions of others, for a while.
///
/// @see <a
///   href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateDelegationRequest.html">CreateDelegationRequest</a>
@Singleton
public final class DelegationActions {
  private static final int ID_BYTES = 20;
  private static final String AWS = "arn:aws:iam::aws:policy/";

  private final PostgresDelegations delegations;
  private final DelegationAccess access;
  private final PostgresAccounts accounts;
  private final Identities identities;
  private final SecureRandom random;

  DelegationActions(
      PostgresDelegations delegations,
      DelegationAccess access,
      PostgresAccounts accounts,
      Identities identities,
      SecureRandom random) {
    this.delegations = delegations;
    this.access = access;
    this.accounts = accounts;
    this.identities = identities;
    this.random = random;
  }

  /// Whoever asks is asked about its own account: what comes of it is for the other one to decide.
  public Uni<Target> created(Caller caller, CreateDelegationRequest request) {
    Context context =
        Context.builder()
            .put("iam:TemplateArn", request.permissions().policyTemplateArn().map(PolicyArn::value))
            .put("iam:NotificationChannel", request.notificationChannel().value())
            .put("iam:DelegationDuration", request.sessionDuration().toString())
            .build();
    return Uni.createFrom()
        .item(Target.of(Delegation.arn(caller.account(), "*"), caller.account()).with(context));
  }

  public Uni<CreateDelegationRequest.Result> create(
      Caller caller, CreateDelegationRequest request) {
    Optional<String> owner = request.ownerAccountId().map(OwnerAccountId::value);
    return checkOwner(owner)
        .chain(() -> checkUnused(caller, request))
        .chain(() -> template(caller, owner, request))
        .map(template -> asked(request, template))
        .map(asked -> delegation(caller, owner, asked))
        .call(delegations::add)
        .map(delegation -> new CreateDelegationRequest.Result(delegation.id()));
  }

  private Uni<Void> checkOwner(Optional<String> owner) {
    if (owner.isEmpty()) {
      return Uni.createFrom().voidItem();
    }
    return accounts
        .find(owner.get())
        .invoke(
            found -> {
              if (found.isEmpty()) {
                throw INVALID_INPUT.error("There is no account %s.".formatted(owner.get()));
              }
            })
        .replaceWithVoid();
  }

  private Uni<Void> checkUnused(Caller caller, CreateDelegationRequest request) {
    String workflow = request.requestorWorkflowId().value();
    return delegations
        .used(caller.account(), workflow)
        .invoke(
            used -> {
              if (used) {
                throw ENTITY_ALREADY_EXISTS.error(
                    "A delegation request with workflow id %s already exists.".formatted(workflow));
              }
            })
        .replaceWithVoid();
  }

  /// A managed policy of whoever asks or of whom is asked, or one that comes with Daypass.
  private Uni<String> template(
      Caller caller, Optional<String> owner, CreateDelegationRequest request) {
    String arn =
        request
            .permissions()
            .policyTemplateArn()
            .map(PolicyArn::value)
            .orElseThrow(() -> INVALID_INPUT.error("The policy template ARN is missing."));
    boolean within =
        arn.startsWith(AWS)
            || isOf(caller.account(), arn)
            || owner.filter(account -> isOf(account, arn)).isPresent();
    return identities
        .policy(arn)
        .map(
            found ->
                found
                    .filter(_ -> within)
                    .map(Policy::text)
                    .orElseThrow(
                        () -> INVALID_INPUT.error("There is no policy template " + arn + ".")));
  }

  private static boolean isOf(String account, String arn) {
    return arn.startsWith("arn:aws:iam::" + account + ":policy/");
  }

  private static Asked asked(CreateDelegationRequest request, String template) {
    return new Asked(
        request.requestorWorkflowId().value(),
        request.description().value(),
        request.requestMessage().map(DelegationMessage::value),
        request.permissions(),
        PolicyTemplate.filled(template, request.permissions().parameters()),
        request.redirectUrl().map(RedirectUrl::value),
        request.notificationChannel().value(),
        Duration.ofSeconds(request.sessionDuration().value()),
        request.onlySendByOwner().orElse(false));
  }

  private Delegation delegation(Caller caller, Optional<String> owner, Asked asked) {
    Instant now = caller.origin().time();
    byte[] id = new byte[ID_BYTES];
    random.nextBytes(id);
    return new Delegation(
        "dr-" + Base32.encode(id),
        Requestor.of(caller),
        asked,
        owner,
        Optional.empty(),
        DelegationState.UNASSIGNED,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        now,
        now,
        now.plus(Delegation.UNTAKEN));
  }

  /// Takes a request on for the caller's account.
  public Uni<Nothing> associate(Caller caller, AssociateDelegationRequest request) {
    Step step =
        Step.to(DelegationState.ASSIGNED, DelegationState.UNASSIGNED)
            .setting(
                "ownerAccount = :owner, ownerArn = :arn",
                Map.of("owner", caller.account(), "arn", caller.arn()));
    return access
        .require(
            caller,
            request.delegationRequestId(),
            "iam:AssociateDelegationRequest",
            DelegationAccess.NOBODY)
        .chain(found -> move(caller, found, step));
  }

  /// Says more about a request, for whoever is to decide.
  public Uni<Nothing> update(Caller caller, UpdateDelegationRequest request) {
    Step step =
        Step.to(
                DelegationState.PENDING_APPROVAL,
                DelegationState.ASSIGNED,
                DelegationState.PENDING_APPROVAL)
            .noting("notes", request.notes());
    return access
        .require(
            caller,
            request.delegationRequestId(),
            "iam:UpdateDelegationRequest",
            DelegationAccess.OWNER)
        .chain(found -> move(caller, found, step));
  }

  public Uni<Nothing> accept(Caller caller, AcceptDelegationRequest request) {
    return access
        .require(
            caller,
            request.delegationRequestId(),
            "iam:AcceptDelegationRequest",
            DelegationAccess.NOBODY)
        .chain(found -> move(caller, found, accepting(caller)));
  }

  private static Step accepting(Caller caller) {
    Approver approver = Approver.of(caller);
    return Step.to(
            DelegationState.ACCEPTED, DelegationState.ASSIGNED, DelegationState.PENDING_APPROVAL)
        .setting(
            "approver = :approver, approverArn = :arn",
            Map.of("approver", DelegationJson.approver(approver).encode(), "arn", approver.arn()));
  }

  /// What was granted can be taken back until it is sent.
  public Uni<Nothing> reject(Caller caller, RejectDelegationRequest request) {
    Step step =
        Step.to(
                DelegationState.REJECTED,
                DelegationState.UNASSIGNED,
                DelegationState.ASSIGNED,
                DelegationState.PENDING_APPROVAL,
                DelegationState.ACCEPTED)
            .noting("rejectionReason", request.notes());
    return access
        .require(
            caller,
            request.delegationRequestId(),
            "iam:RejectDelegationRequest",
            DelegationAccess.OWNER)
        .chain(found -> move(caller, found, step));
  }

  /// From now on, whoever asked can trade it in.
  public Uni<Nothing> send(Caller caller, SendDelegationToken request) {
    return access
        .require(
            caller,
            request.delegationRequestId(),
            "iam:SendDelegationToken",
            DelegationAccess.OWNER)
        .invoke(found -> checkSender(caller, found))
        .chain(
            found ->
                move(caller, found, Step.to(DelegationState.FINALIZED, DelegationState.ACCEPTED)));
  }

  private static void checkSender(Caller caller, Delegation delegation) {
    if (delegation.asked().onlySendByOwner() && !delegation.takenOnBy(caller)) {
      throw ACCESS_DENIED.error("Only the owner of the delegation request can send its token.");
    }
  }

  /// The account itself must be the one that was asked: being who asks is not enough here.
  private Uni<Nothing> move(Caller caller, Delegation delegation, Step step) {
    Instant now = caller.origin().time();
    if (!delegation.ownedBy(caller.account())
        || (delegation.ownerAccount().isEmpty() && step.to() != DelegationState.ASSIGNED)) {
      throw ACCESS_DENIED.error("The delegation request is not for this account.");
    }
    if (!step.from().contains(delegation.state(now))) {
      throw INVALID_INPUT.error(
          "The delegation request is %s.".formatted(delegation.state(now).name()));
    }
    return delegations.move(delegation, step, now).replaceWith(NOTHING);
  }
}
