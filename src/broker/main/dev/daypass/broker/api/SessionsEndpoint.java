package dev.daypass.broker.api;

import dev.daypass.broker.access.Caller;
import dev.daypass.broker.access.Road;
import dev.daypass.broker.mfa.Codes;
import dev.daypass.broker.requests.Origins;
import dev.daypass.broker.sessions.UserSessions;
import dev.daypass.broker.signin.SignedInCaller;
import dev.daypass.wire.Secret;
import dev.daypass.wire.iam.AuthenticationCode;
import dev.daypass.wire.iam.PolicyArn;
import dev.daypass.wire.iam.Tag;
import dev.daypass.wire.iam.TagKey;
import dev.daypass.wire.iam.TagValue;
import dev.daypass.wire.sts.AssumeRole;
import dev.daypass.wire.sts.AssumeRole.PolicyDescriptor;
import dev.daypass.wire.sts.Credentials;
import dev.daypass.wire.sts.DeviceSerialNumber;
import dev.daypass.wire.sts.ExternalId;
import dev.daypass.wire.sts.RoleArn;
import dev.daypass.wire.sts.RoleDuration;
import dev.daypass.wire.sts.RoleSessionName;
import dev.daypass.wire.sts.SessionPolicyText;
import dev.daypass.wire.sts.TokenDuration;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jspecify.annotations.Nullable;

/// Temporary credentials for those who have signed in: `POST /api/sessions`; and who that is.
@Path("/api")
@Authenticated
@Produces(MediaType.APPLICATION_JSON)
public final class SessionsEndpoint {
  private static final Duration USUAL = Duration.ofHours(1);

  private final SignedInCaller callers;
  private final Road road;
  private final UserSessions sessions;
  private final Codes codes;
  private final Origins origins;
  private final JsonWebToken token;

  SessionsEndpoint(
      SignedInCaller callers,
      Road road,
      UserSessions sessions,
      Codes codes,
      Origins origins,
      JsonWebToken token) {
    this.callers = callers;
    this.road = road;
    this.sessions = sessions;
    this.codes = codes;
    this.origins = origins;
    this.token = token;
  }

  /// What is asked for: a session of a role, or of oneself where no role is named, which has its
  /// duration alone.
  ///
  /// @param policyArns managed policies that narrow it, as `policy` does
  /// @param tags session tags, which the role's trust policy has to let be set
  /// @param tokenCode a code that proves the second factor anew, for a role's session alone; of the
  ///   device that is named, or the only one there is
  public record Wanted(
      @Nullable String roleArn,
      @Nullable String sessionName,
      @Nullable Integer durationSeconds,
      @Nullable String policy,
      @Nullable List<String> policyArns,
      @Nullable Map<String, String> tags,
      @Nullable String externalId,
      @Nullable String serialNumber,
      @Nullable String tokenCode) {
    private static final Wanted NOTHING =
        new Wanted(null, null, null, null, null, null, null, null, null);

    @Override
    public String toString() {
      return "Wanted";
    }
  }

  @GET
  @Path("identity")
  public Uni<Map<String, Object>> identity(HttpServerRequest request) {
    return callers
        .of(token, origins.of(request))
        .map(
            caller ->
                Map.of(
                    "userId", caller.userId(),
                    "account", caller.account(),
                    "arn", caller.arn(),
                    "mfa", caller.mfaAt().isPresent(),
                    "signIn", SignedInCaller.signIn(token)));
  }

  @POST
  @Path("sessions")
  public Uni<Map<String, Object>> open(@Nullable Wanted body, HttpServerRequest request) {
    Wanted wanted = body == null ? Wanted.NOTHING : body;
    return callers
        .of(token, origins.of(request))
        .chain(
            caller -> wanted.roleArn() == null ? ofSelf(caller, wanted) : ofRole(caller, wanted));
  }

  private Uni<Map<String, Object>> ofSelf(Caller caller, Wanted wanted) {
    Duration lifetime =
        Optional.ofNullable(wanted.durationSeconds())
            .map(
                seconds -> Checked.of(() -> Duration.ofSeconds(new TokenDuration(seconds).value())))
            .orElse(USUAL);
    return sessions.open(caller, lifetime).map(credentials -> json(credentials, caller.arn()));
  }

  private Uni<Map<String, Object>> ofRole(Caller caller, Wanted wanted) {
    Optional<AuthenticationCode> code =
        Optional.ofNullable(wanted.tokenCode())
            .map(typed -> Checked.of(() -> new AuthenticationCode(Secret.of(typed))));
    return device(caller, wanted, code)
        .map(device -> Checked.of(() -> request(caller, wanted, device, code)))
        .chain(request -> road.take(caller, request))
        .map(result -> json(result.credentials(), result.assumedRoleUser().arn()));
  }

  /// Of which device the code is; absent where there is neither.
  private Uni<Optional<DeviceSerialNumber>> device(
      Caller caller, Wanted wanted, Optional<AuthenticationCode> code) {
    Optional<String> named = Optional.ofNullable(wanted.serialNumber());
    return code.isEmpty()
        ? Uni.createFrom().item(named.map(SessionsEndpoint::serial))
        : codes.serialNumber(caller.userId(), named).map(serial -> Optional.of(serial(serial)));
  }

  private static DeviceSerialNumber serial(String text) {
    return Checked.of(() -> new DeviceSerialNumber(text));
  }

  private static AssumeRole request(
      Caller caller,
      Wanted wanted,
      Optional<DeviceSerialNumber> device,
      Optional<AuthenticationCode> code) {
    return new AssumeRole(
        new RoleArn(String.valueOf(wanted.roleArn())),
        new RoleSessionName(
            Optional.ofNullable(wanted.sessionName())
                .orElseGet(() -> caller.user().orElseThrow().name())),
        descriptors(wanted),
        Optional.ofNullable(wanted.policy()).map(SessionPolicyText::new),
        Optional.ofNullable(wanted.durationSeconds()).map(RoleDuration::new),
        tags(wanted),
        List.of(),
        Optional.ofNullable(wanted.externalId()).map(ExternalId::new),
        device,
        code,
        Optional.empty(),
        List.of(),
        Optional.empty());
  }

  private static List<PolicyDescriptor> descriptors(Wanted wanted) {
    return Optional.ofNullable(wanted.policyArns()).orElse(List.of()).stream()
        .map(arn -> new PolicyDescriptor(new PolicyArn(String.valueOf(arn))))
        .toList();
  }

  private static List<Tag> tags(Wanted wanted) {
    return Optional.ofNullable(wanted.tags()).orElse(Map.of()).entrySet().stream()
        .map(tag -> new Tag(new TagKey(tag.getKey()), new TagValue(String.valueOf(tag.getValue()))))
        .toList();
  }

  private static Map<String, Object> json(Credentials credentials, String arn) {
    return Map.of(
        "accessKeyId", credentials.accessKeyId().value(),
        "secretAccessKey", credentials.secretAccessKey().revealText(),
        "sessionToken", credentials.sessionToken().revealText(),
        "expiration", credentials.expiration().toString(),
        "arn", arn);
  }
}
