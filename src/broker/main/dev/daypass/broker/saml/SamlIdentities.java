package dev.daypass.broker.saml;

import static dev.daypass.wire.ErrorCode.ACCESS_DENIED;
import static dev.daypass.wire.ErrorCode.INVALID_IDENTITY_TOKEN;
import static dev.daypass.wire.ErrorCode.VALIDATION_ERROR;

import dev.daypass.broker.access.Caller;
import dev.daypass.broker.access.Origin;
import dev.daypass.broker.access.SamlFederation;
import dev.daypass.broker.access.SamlSession;
import dev.daypass.broker.access.WebIdentity;
import dev.daypass.broker.publicurl.PublicUrl;
import dev.daypass.broker.samlproviders.AssertingParty;
import dev.daypass.broker.samlproviders.PostgresSamlProviders;
import dev.daypass.broker.samlproviders.PrivateKeys;
import dev.daypass.broker.throttle.Failures;
import dev.daypass.policy.Context;
import dev.daypass.wire.ApiError;
import dev.daypass.wire.Secret;
import dev.daypass.wire.sts.AssumeRoleWithSAML;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Proves who calls by the assertion of a SAML provider.
@Singleton
public final class SamlIdentities {
  /// The audience that identity providers' templates for AWS come with. What keeps an assertion
  /// that was meant for AWS from counting here is its recipient.
  private static final String AWS = "urn:amazon:webservices";

  private static final String PROVIDER = ":saml-provider/";
  private static final String FORMAT = "urn:oasis:names:tc:SAML:2.0:nameid-format:";

  private final PostgresSamlProviders providers;
  private final PrivateKeys privateKeys;
  private final Failures failures;
  private final Vertx vertx;
  private final String endpoint;

  SamlIdentities(
      PostgresSamlProviders providers,
      PrivateKeys privateKeys,
      Failures failures,
      Vertx vertx,
      PublicUrl url) {
    this.providers = providers;
    this.privateKeys = privateKeys;
    this.failures = failures;
    this.vertx = vertx;
    this.endpoint = url.origin() + "/saml";
  }

  /// The caller behind the request's assertion; fails in AWS's words where it is not proven.
  public Uni<Caller> prove(Origin origin, AssumeRoleWithSAML request) {
    failures.check(origin.address());
    return Uni.createFrom()
        .deferred(() -> proven(origin, request))
        .onFailure(ApiError.class)
        .invoke(() -> failures.count(origin.address()));
  }

  private Uni<Caller> proven(Origin origin, AssumeRoleWithSAML request) {
    String role = request.roleArn().value();
    String provider = request.principalArn().value();
    if (!request.roleArn().wellFormed()) {
      throw VALIDATION_ERROR.error(role + " is invalid");
    }
    String account = request.roleArn().account();
    if (!provider.startsWith("arn:aws:iam::" + account + PROVIDER)) {
      throw unknown();
    }
    return providers
        .find(provider)
        .map(found -> found.filter(party -> party.validUntil().isAfter(origin.time())))
        .map(found -> found.orElseThrow(SamlIdentities::unknown))
        .chain(
            party ->
                privateKeys
                    .of(provider)
                    .chain(keys -> read(request, party, keys, origin))
                    .map(assertion -> caller(assertion, party, role, origin)));
  }

  private static RuntimeException unknown() {
    return INVALID_IDENTITY_TOKEN.error("Specified provider doesn't exist");
  }

  /// Reading XML and checking its signatures takes milliseconds: not on the thread that serves all.
  private Uni<Assertion> read(
      AssumeRoleWithSAML request, AssertingParty party, List<Secret> keys, Origin origin) {
    AssertionReader reader =
        new AssertionReader(party.entityId(), endpoint, Set.of(endpoint, AWS), origin.time());
    String response = request.samlAssertion().value().revealText();
    return Uni.createFrom()
        .completionStage(
            () ->
                vertx
                    .executeBlocking(
                        () -> reader.read(VerifiedResponse.assertion(response, party, keys)), false)
                    .toCompletionStage());
  }

  private static Caller caller(
      Assertion assertion, AssertingParty party, String role, Origin origin) {
    Attributes attributes = new Attributes(assertion);
    if (!attributes.offers(role, party.arn())) {
      throw ACCESS_DENIED.error("Not authorized to perform sts:AssumeRoleWithSAML");
    }
    SamlFederation federation =
        new SamlFederation(
            party.arn(),
            assertion.subject(),
            assertion.format().startsWith(FORMAT)
                ? assertion.format().substring(FORMAT.length())
                : assertion.format(),
            nameQualifier(assertion, party));
    WebIdentity identity =
        new WebIdentity(
            federation,
            context(assertion, party, federation, attributes),
            attributes.tags(),
            attributes.transitiveTagKeys(),
            attributes.sourceIdentity(),
            Optional.of(session(assertion, attributes)));
    return Caller.federated(party.account(), identity, origin);
  }

  private static SamlSession session(Assertion assertion, Attributes attributes) {
    return new SamlSession(
        assertion.id(),
        attributes.sessionName().value(),
        assertion.issuer(),
        assertion.recipient(),
        assertion.endsAt(),
        assertion.issuedAt().plus(AssertionReader.REDEEMED_WITHIN));
  }

  private static Context context(
      Assertion assertion, AssertingParty party, SamlFederation federation, Attributes attributes) {
    Context own =
        Context.builder()
            .put("saml:iss", assertion.issuer())
            .put("saml:aud", assertion.recipient())
            .put("saml:doc", party.account() + "/" + name(party))
            .build();
    // Last, so that no attribute takes the place of what a session keeps.
    return attributes.context().with(own).with(federation.context());
  }

  private static String name(AssertingParty party) {
    return party.arn().substring(party.arn().indexOf(PROVIDER) + PROVIDER.length());
  }

  /// As AWS makes it: a name, and nothing that security rests on.
  private static String nameQualifier(Assertion assertion, AssertingParty party) {
    String text = assertion.issuer() + party.account() + "/" + name(party);
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-1").digest(text.getBytes(StandardCharsets.UTF_8));
      return Base64.getEncoder().encodeToString(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-1", e);
    }
  }
}
