package dev.daypass.broker.calls;

import static dev.daypass.broker.guards.GuardedService.SIGNING_NAME;
import static dev.daypass.wire.ErrorCode.INVALID_CLIENT_TOKEN_ID;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.daypass.broker.access.Authorizer;
import dev.daypass.broker.access.Caller;
import dev.daypass.broker.access.Origin;
import dev.daypass.broker.audit.Audit;
import dev.daypass.broker.audit.CloudTrail;
import dev.daypass.broker.changes.Changes;
import dev.daypass.broker.guards.Dependencies;
import dev.daypass.broker.guards.GuardedService;
import dev.daypass.broker.guards.LentKey;
import dev.daypass.broker.guards.SigningKeyRequest;
import dev.daypass.broker.refusals.Refusals;
import dev.daypass.broker.uses.Uses;
import dev.daypass.policy.Policies;
import dev.daypass.wire.ApiError;
import dev.daypass.wire.query.Form;
import dev.daypass.wire.sigv4.HttpMessage;
import dev.daypass.wire.sigv4.SignedClaim;
import dev.daypass.wire.sigv4.SignedService;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.function.Function;
import java.util.function.Supplier;

/// The road of what guards call, as [Calls] is that of the AWS wire: prove the guard, read, ask the
/// policies, act, record, answer.
@Singleton
final class GuardCalls {
  private static final String GET_SIGNING_KEY = "GetSigningKey";
  private static final String LISTEN = "ListenForChanges";
  private static final SignedService DAYPASS = SignedService.global(SIGNING_NAME);

  private final Signatures signatures;
  private final Authorizer authorizer;
  private final Dependencies dependencies;
  private final Changes changes;
  private final Audit audit;
  private final Uses uses;
  private final Clock clock;

  GuardCalls(
      Signatures signatures,
      Authorizer authorizer,
      Dependencies dependencies,
      Changes changes,
      Audit audit,
      Uses uses,
      Clock clock) {
    this.signatures = signatures;
    this.authorizer = authorizer;
    this.dependencies = dependencies;
    this.changes = changes;
    this.audit = audit;
    this.uses = uses;
    this.clock = clock;
  }

  /// Who may still listen: fails once the guard may not.
  record Listening(Supplier<Uni<Void>> allowed) {}

  /// What a guard is told about a signature: `lent`, or why it is `refused`. Fails where the guard
  /// itself is refused.
  Uni<ObjectNode> signingKey(HttpMessage message, Origin origin) {
    return recorded(
        GET_SIGNING_KEY,
        origin,
        trail -> {
          SignedClaim claim = claim(message, origin);
          return proven(claim, origin, trail)
              .chain(
                  guard -> {
                    SigningKeyRequest request = SigningKeyRequest.read(message.body());
                    trail.parameters(request.shown());
                    request.claim().checkTime(origin.time());
                    return require(guard, GET_SIGNING_KEY, request.service())
                        .chain(() -> told(guard, request, origin, trail));
                  });
        });
  }

  /// Lets a guard listen for what changes.
  Uni<Listening> listen(HttpMessage message, Origin origin) {
    return recorded(
        LISTEN,
        origin,
        trail -> {
          SignedClaim claim = claim(message, origin);
          GuardedService service =
              new GuardedService(
                  Form.parse(message.query()).find("service").orElse(""), claim.scope().region());
          return proven(claim, origin, trail)
              .chain(guard -> require(guard, LISTEN, service))
              .call(() -> audit.append(trail.entry()))
              .map(_ -> new Listening(() -> stillAllowed(claim, origin, service)));
        });
  }

  /// Proven anew each time: the key may be inactive by now, the session ended.
  private Uni<Void> stillAllowed(SignedClaim claim, Origin origin, GuardedService service) {
    return signatures
        .prove(claim, origin.at(clock.instant()))
        .chain(proven -> require(proven.caller(), LISTEN, service));
  }

  private static SignedClaim claim(HttpMessage message, Origin origin) {
    return SignedClaim.read(message, DAYPASS, origin.time());
  }

  private Uni<Caller> proven(SignedClaim claim, Origin origin, CloudTrail trail) {
    return signatures
        .prove(claim, origin)
        .map(Signatures.Proven::caller)
        .invoke(trail::by)
        .invoke(guard -> Calls.noteUse(uses, guard, SIGNING_NAME));
  }

  private Uni<Void> require(Caller guard, String action, GuardedService service) {
    return authorizer.require(guard, SIGNING_NAME + ":" + action, service.of(guard.account()));
  }

  private Uni<ObjectNode> told(
      Caller guard, SigningKeyRequest request, Origin origin, CloudTrail trail) {
    return lent(guard, request, origin)
        .map(lent -> told(lent, request, trail))
        .onFailure(ApiError.class)
        .recoverWithItem(refusal -> refused((ApiError) refusal, trail))
        .call(() -> audit.append(trail.entry()));
  }

  /// What was committed before the guard asked is in what it is lent, on whichever node it asks.
  private Uni<LentKey> lent(Caller guard, SigningKeyRequest request, Origin origin) {
    return changes
        .caughtUp()
        .chain(() -> signatures.prove(request.claim(), origin))
        .invoke(proven -> refuseOthers(guard, proven.caller()))
        .chain(
            proven ->
                authorizer
                    .policiesOf(proven.caller())
                    .chain(policies -> lent(proven, policies, origin)));
  }

  private Uni<LentKey> lent(Signatures.Proven proven, Policies policies, Origin origin) {
    return dependencies
        .of(proven.caller(), policies)
        .map(all -> LentKey.of(proven.key(), proven.caller(), policies, all, origin.time()));
  }

  /// With a key for `orders` one can sign for the `orders` of any account. So what is lent stays in
  /// the account whose administrators chose the guard.
  private static void refuseOthers(Caller guard, Caller caller) {
    if (!guard.account().equals(caller.account())) {
      throw INVALID_CLIENT_TOKEN_ID.error("The security token included in the request is invalid.");
    }
  }

  private ObjectNode told(LentKey lent, SigningKeyRequest request, CloudTrail trail) {
    Calls.noteUse(uses, lent.caller(), request.service().name());
    trail.parameters(request.shown().put("principalArn", lent.caller().arn()));
    ObjectNode told = JsonNodeFactory.instance.objectNode();
    told.set("lent", lent.toJson());
    return told;
  }

  private static ObjectNode refused(ApiError refusal, CloudTrail trail) {
    trail.error(refusal.code().wireName(), refusal.text());
    ObjectNode told = JsonNodeFactory.instance.objectNode();
    told.putObject("refused").put("code", refusal.code().wireName()).put("message", refusal.text());
    return told;
  }

  /// No answer leaves before its record is durable. `road` records what it answers; what it fails
  /// with is recorded here.
  private <T> Uni<T> recorded(String name, Origin origin, Function<CloudTrail, Uni<T>> road) {
    CloudTrail trail =
        new CloudTrail(origin)
            .event(SIGNING_NAME + ".amazonaws.com", name, "AwsApiCall")
            .readOnly(true);
    return Uni.createFrom()
        .deferred(() -> road.apply(trail))
        .onFailure()
        .recoverWithUni(failure -> refused(Refusals.of(failure, origin.callId()), origin, trail));
  }

  private <T> Uni<T> refused(ApiError refusal, Origin origin, CloudTrail trail) {
    trail.error(refusal.code().wireName(), refusal.text());
    return audit
        .append(trail.entry())
        .onFailure()
        .transform(unrecorded -> Refusals.of(unrecorded, origin.callId()))
        .chain(() -> Uni.createFrom().failure(refusal));
  }
}
