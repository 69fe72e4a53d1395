package dev.daypass.broker.calls;

import dev.daypass.broker.access.Caller;
import dev.daypass.broker.access.IssuedSession;
import dev.daypass.broker.access.Lineage;
import dev.daypass.broker.access.Session;
import dev.daypass.broker.sessions.SessionTokens;
import dev.daypass.wire.Arn;
import dev.daypass.wire.Secret;
import dev.daypass.wire.rolesanywhere.CreateSession;
import dev.daypass.wire.sts.AssumeRole;
import dev.daypass.wire.sts.AssumeRoleWithSAML;
import dev.daypass.wire.sts.AssumeRoleWithWebIdentity;
import dev.daypass.wire.sts.AssumeRoot;
import dev.daypass.wire.sts.Credentials;
import dev.daypass.wire.sts.DeviceSerialNumber;
import dev.daypass.wire.sts.GetDelegatedAccessToken;
import dev.daypass.wire.sts.GetFederationToken;
import dev.daypass.wire.sts.RoleArn;
import dev.daypass.wire.sts.TokenMessages.GetSessionToken;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

/// What the trail keeps of the sessions that calls give birth to.
@Singleton
final class IssuedSessions {
  /// Whether results of a class hold credentials.
  private static final ClassValue<Boolean> ISSUES =
      new ClassValue<>() {
        @Override
        protected Boolean computeValue(Class<?> type) {
          return type.isRecord()
              && Arrays.stream(type.getRecordComponents())
                  .anyMatch(component -> component.getType() == Credentials.class);
        }
      };

  private final SessionTokens tokens;

  IssuedSessions(SessionTokens tokens) {
    this.tokens = tokens;
  }

  /// The session that a call was answered with, if it was.
  Optional<IssuedSession> of(Caller caller, Object request, Object result) {
    return switch (result) {
      case AssumeRole.Result given -> {
        AssumeRole asked = (AssumeRole) request;
        yield Optional.of(
            ofRole(caller, asked.roleArn(), given.credentials(), given.assumedRoleUser())
                .with(given.sourceIdentity())
                .session(mfa(caller, asked.serialNumber())));
      }
      case AssumeRoleWithWebIdentity.Result given ->
          Optional.of(
              ofRole(
                      caller,
                      ((AssumeRoleWithWebIdentity) request).roleArn(),
                      given.credentials(),
                      given.assumedRoleUser())
                  .with(given.sourceIdentity())
                  .session(mfa(caller, Optional.empty())));
      case AssumeRoleWithSAML.Result given ->
          Optional.of(
              ofRole(
                      caller,
                      ((AssumeRoleWithSAML) request).roleArn(),
                      given.credentials(),
                      given.assumedRoleUser())
                  .with(given.sourceIdentity())
                  .session(Mfa.NONE));
      case CreateSession.Result given -> {
        CreateSession.CredentialResponse only = given.credentialSet().getFirst();
        yield Optional.of(
            IssuedSession.of(
                session(only.credentials().sessionToken()), only.assumedRoleUser().arn()));
      }
      case GetSessionToken.Result(var credentials, _, _) ->
          Optional.of(
              ofUser(caller, credentials)
                  .session(mfa(caller, ((GetSessionToken) request).serialNumber())));
      case GetFederationToken.Result given ->
          Optional.of(session(given.credentials(), given.federatedUser().arn()));
      case GetDelegatedAccessToken.Result given ->
          Optional.of(session(given.credentials(), given.assumedPrincipal()));
      case AssumeRoot.Result given ->
          Optional.of(session(given.credentials(), root(given.credentials())));
      default -> none(result);
    };
  }

  /// What the token says, of those that are rarely issued.
  private IssuedSession session(Credentials credentials, String arn) {
    return IssuedSession.of(session(credentials), arn);
  }

  private String root(Credentials credentials) {
    return session(credentials).principalArn();
  }

  private Session session(Credentials credentials) {
    return session(credentials.sessionToken());
  }

  private Session session(Secret token) {
    return tokens.verify(token.revealText()).session();
  }

  /// INVARIANT: no credentials leave that could not be seen and ended.
  private static Optional<IssuedSession> none(Object result) {
    if (ISSUES.get(result.getClass())) {
      throw new IllegalStateException(
          "the trail would not show the session of " + result.getClass());
    }
    return Optional.empty();
  }

  /// @param at when a second factor was verified
  /// @param device the one it was, where the call itself brought it
  private record Mfa(Optional<Instant> at, Optional<String> device) {
    static final Mfa NONE = new Mfa(Optional.empty(), Optional.empty());
  }

  private static Mfa mfa(Caller caller, Optional<DeviceSerialNumber> device) {
    return device.isPresent()
        ? new Mfa(Optional.of(caller.origin().time()), device.map(DeviceSerialNumber::value))
        : new Mfa(caller.mfaAt(), Optional.empty());
  }

  private Begun ofRole(
      Caller caller, RoleArn role, Credentials credentials, AssumeRole.AssumedRoleUser user) {
    String id = user.assumedRoleId();
    return new Begun(
        caller,
        credentials,
        id.substring(0, id.indexOf(':')),
        user.arn(),
        role.value(),
        Optional.empty(),
        lineage(caller));
  }

  private Begun ofUser(Caller caller, Credentials credentials) {
    return new Begun(
        caller,
        credentials,
        caller.userId(),
        caller.arn(),
        caller.arn(),
        Optional.empty(),
        lineage(caller));
  }

  private Lineage lineage(Caller caller) {
    return new Lineage(Lineage.of(caller).ancestors(), tokens.marks());
  }

  private record Begun(
      Caller caller,
      Credentials credentials,
      String principalId,
      String arn,
      String principalArn,
      Optional<String> sourceIdentity,
      Lineage lineage) {
    Begun with(Optional<String> identity) {
      return new Begun(caller, credentials, principalId, arn, principalArn, identity, lineage);
    }

    IssuedSession session(Mfa mfa) {
      return new IssuedSession(
          credentials.accessKeyId().value(),
          Arn.parse(principalArn).account(),
          principalId,
          arn,
          principalArn,
          lineage,
          sourceIdentity,
          mfa.at(),
          mfa.device(),
          caller.origin().time(),
          credentials.expiration());
    }
  }
}
