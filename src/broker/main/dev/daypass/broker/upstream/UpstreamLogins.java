package dev.daypass.broker.upstream;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.daypass.broker.digests.Base64Url;
import dev.daypass.broker.digests.Sha256;
import dev.daypass.broker.publicurl.PublicUrl;
import dev.daypass.broker.tickets.Tickets;
import dev.daypass.broker.webidentity.OpenIdProviders;
import dev.daypass.broker.webidentity.OpenIdProviders.Metadata;
import dev.daypass.wire.ApiError;
import dev.daypass.wire.Secret;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// The authorization code flow with a provider (OpenID Connect Core §3.1), with PKCE (RFC 7636) and
/// a nonce, in the browser alone that began it.
@Singleton
public final class UpstreamLogins {
  /// Where the provider sends the browser back to, under the public URL.
  public static final String CALLBACK = "/signin/upstream/callback";

  private static final int RANDOM_BYTES = 32;
  private static final int LONGEST_SUBJECT = 200;
  private static final String EMAIL = "email";

  private final OpenIdProviders providers;
  private final Upstreams upstreams;
  private final Tickets tickets;
  private final PublicUrl url;
  private final SecureRandom random;

  UpstreamLogins(
      OpenIdProviders providers,
      Upstreams upstreams,
      Tickets tickets,
      PublicUrl url,
      SecureRandom random) {
    this.providers = providers;
    this.upstreams = upstreams;
    this.tickets = tickets;
    this.url = url;
    this.random = random;
  }

  /// A login that has begun.
  ///
  /// @param location at the provider, where the browser goes
  /// @param browser what the browser keeps, and has to bring back
  public record Begun(String location, Secret browser) {}

  /// What the browser brings back (RFC 6749 §4.1.2, RFC 9207); empty where it is not there once.
  ///
  /// @param browser what it was given to keep
  public record Answer(String state, String code, String issuer, Optional<String> browser) {}

  /// Whom a provider vouches for.
  ///
  /// @param link the value of the tag that links a user
  /// @param claims of its ID token, all of which were proven
  /// @param next where the person wanted to go
  public record Vouched(Upstream upstream, String link, JWTClaimsSet claims, String next) {
    /// Whether its second factor counts.
    public boolean mfa() {
      return upstream.provesSecondFactor(claims);
    }
  }

  /// What is kept meanwhile.
  ///
  /// @param browserHash of what the browser has to bring back
  /// @param namesItself whether the provider says in its answer who it is
  record Ticket(
      String upstream,
      String next,
      String nonce,
      String verifier,
      String browserHash,
      String tokenEndpoint,
      boolean secretInForm,
      boolean namesItself) {}

  /// Fails with [UpstreamRefused] where the provider is away.
  public Uni<Begun> begin(Upstream upstream, String next) {
    return providers
        .metadata(upstream.issuer())
        .onFailure()
        .transform(_ -> UpstreamRefused.away(upstream))
        .chain(metadata -> begin(upstream, metadata, next));
  }

  private Uni<Begun> begin(Upstream upstream, Metadata metadata, String next) {
    String browser = random();
    Ticket ticket =
        new Ticket(
            upstream.name(),
            next,
            random(),
            random(),
            Sha256.base64Url(browser),
            metadata.tokenEndpoint(),
            metadata.secretInForm(),
            metadata.namesItself());
    return tickets
        .issue(Tickets.Kind.UPSTREAM, ticket)
        .map(
            state ->
                new Begun(
                    asking(upstream, metadata.authorizationEndpoint(), ticket, state),
                    Secret.of(browser)));
  }

  private String random() {
    return Base64Url.random(RANDOM_BYTES, random);
  }

  private String asking(Upstream upstream, String endpoint, Ticket ticket, String state) {
    Map<String, String> asked = new LinkedHashMap<>();
    asked.put("response_type", "code");
    asked.put("client_id", upstream.clientId());
    asked.put("redirect_uri", callback());
    asked.put("scope", upstream.scopes());
    asked.put("state", state);
    asked.put("nonce", ticket.nonce());
    asked.put("code_challenge", Sha256.base64Url(ticket.verifier()));
    asked.put("code_challenge_method", "S256");
    return endpoint + (endpoint.contains("?") ? "&" : "?") + form(asked);
  }

  private String callback() {
    return url.origin() + CALLBACK;
  }

  private static String form(Map<String, String> parameters) {
    return parameters.entrySet().stream()
        .map(each -> encoded(each.getKey()) + "=" + encoded(each.getValue()))
        .collect(Collectors.joining("&"));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  /// Uses a login up, whatever comes of it. Fails with [UpstreamRefused].
  public Uni<Vouched> finish(Answer answer, Instant now) {
    return tickets
        .redeem(Tickets.Kind.UPSTREAM, answer.state(), Ticket.class)
        .map(
            found ->
                found
                    .filter(ticket -> isOf(ticket, answer.browser()))
                    .orElseThrow(UpstreamRefused::expired))
        .chain(
            ticket ->
                upstreams
                    .find(ticket.upstream())
                    .map(upstream -> finish(upstream, ticket, answer, now))
                    .orElseThrow(UpstreamRefused::expired));
  }

  private static boolean isOf(Ticket ticket, Optional<String> browser) {
    return browser
        .map(Sha256::base64Url)
        .filter(
            hash ->
                MessageDigest.isEqual(
                    hash.getBytes(StandardCharsets.UTF_8),
                    ticket.browserHash().getBytes(StandardCharsets.UTF_8)))
        .isPresent();
  }

  private Uni<Vouched> finish(Upstream upstream, Ticket ticket, Answer answer, Instant now) {
    // A code of another provider's, brought here in its name, must not be handed to this one.
    boolean mixedUp =
        answer.issuer().isEmpty()
            ? ticket.namesItself()
            : !answer.issuer().equals(upstream.issuer());
    if (answer.code().isEmpty() || mixedUp) {
      throw UpstreamRefused.refused(upstream);
    }
    return providers
        .idToken(upstream.issuer(), ticket.tokenEndpoint(), trade(upstream, ticket, answer))
        .chain(token -> providers.verify(token, upstream.issuer(), upstream.clientId(), now))
        .map(claims -> vouched(upstream, ticket, claims))
        .onFailure(IOException.class)
        .transform(_ -> UpstreamRefused.away(upstream))
        .onFailure(ApiError.class)
        .transform(_ -> UpstreamRefused.refused(upstream));
  }

  private OpenIdProviders.Trade trade(Upstream upstream, Ticket ticket, Answer answer) {
    Map<String, String> form = new LinkedHashMap<>();
    form.put("grant_type", "authorization_code");
    form.put("code", answer.code());
    form.put("redirect_uri", callback());
    form.put("code_verifier", ticket.verifier());
    form.put("client_id", upstream.clientId());
    Optional<Secret> basic = upstream.secret().filter(_ -> !ticket.secretInForm());
    upstream
        .secret()
        .filter(_ -> ticket.secretInForm())
        .ifPresent(secret -> form.put("client_secret", secret.revealText()));
    return new OpenIdProviders.Trade(
        Secret.of(form(form)),
        basic.map(
            secret ->
                Secret.of(encoded(upstream.clientId()) + ":" + encoded(secret.revealText()))));
  }

  private static Vouched vouched(Upstream upstream, Ticket ticket, JWTClaimsSet claims) {
    if (!ticket.nonce().equals(claims.getClaim("nonce"))) {
      throw UpstreamRefused.refused(upstream);
    }
    String subject =
        Optional.ofNullable(claims.getClaim(upstream.userClaim()))
            .filter(String.class::isInstance)
            .map(String.class::cast)
            .filter(text -> !text.isEmpty() && text.length() <= LONGEST_SUBJECT)
            .filter(
                _ ->
                    !upstream.userClaim().equals(EMAIL)
                        || Boolean.TRUE.equals(claims.getClaim("email_verified")))
            .orElseThrow(() -> UpstreamRefused.refused(upstream));
    return new Vouched(upstream, upstream.link(subject), claims, ticket.next());
  }
}
