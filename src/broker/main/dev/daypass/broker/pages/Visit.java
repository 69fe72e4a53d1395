package dev.daypass.broker.pages;

import dev.daypass.broker.access.Origin;
import dev.daypass.broker.digests.Sha256;
import dev.daypass.broker.requests.Body;
import dev.daypass.wire.query.Parameters;
import io.vertx.core.http.Cookie;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// A request of a browser's.
record Visit(RoutingContext context, Origin origin) {
  /// Kept to this host, this scheme and all paths by its name (RFC 6265bis §4.1.3.2).
  static final String COOKIE = "__Host-daypass";

  /// That somebody has signed in with this browser before.
  static final String BROWSER = "__Host-daypass-browser";

  /// When whoever has signed in was here last.
  static final String SEEN = "__Host-daypass-seen";

  /// That somebody was sent to another provider from here.
  static final String UPSTREAM = "__Host-daypass-upstream";

  /// Pages that lead somewhere else once a person has signed in; anything else leads home.
  private static final Pattern LOCAL =
      Pattern.compile(
          "/(?:home|(?:security|admin)(?:/[a-z]{1,20})?|device(?:\\?user_code=[A-Z-]{9})?|(?:v1/)?authorize\\?[\\x21-\\x7E]{1,4000})");

  static final String HOME = "/home";

  /// The token of whoever has signed in here.
  Optional<String> token() {
    return cookie(COOKIE);
  }

  /// Who has signed in here before.
  Optional<String> browser() {
    return cookie(BROWSER);
  }

  /// What says when whoever has signed in was here last.
  Optional<String> seen() {
    return cookie(SEEN);
  }

  /// What was kept when somebody was sent to another provider.
  Optional<String> upstream() {
    return cookie(UPSTREAM);
  }

  /// Whether another site's page leads here, as far as browsers say (Fetch Metadata).
  boolean isFromElsewhere() {
    String site = context.request().getHeader("Sec-Fetch-Site");
    return site != null && !List.of("same-origin", "none").contains(site);
  }

  private Optional<String> cookie(String name) {
    return Optional.ofNullable(context.request().getCookie(name)).map(Cookie::getValue);
  }

  /// What a form must bring to be from one of our pages, for this sign-in: nobody knows it who does
  /// not know the cookie.
  String csrf() {
    return bound("csrf");
  }

  /// What makes a text in a form one that was put there by us, for this sign-in.
  String sealed(String text) {
    return bound("sealed:" + text);
  }

  boolean isSealed(String text, String seal) {
    return same(sealed(text), seal);
  }

  private String bound(String purpose) {
    return token().map(token -> Sha256.base64Url(purpose + ":" + token)).orElse("");
  }

  /// Whether the form brings it.
  boolean isOurs(Parameters form) {
    return same(csrf(), one(form, "csrf"));
  }

  private static boolean same(String expected, String brought) {
    return !expected.isEmpty()
        && MessageDigest.isEqual(
            expected.getBytes(StandardCharsets.UTF_8), brought.getBytes(StandardCharsets.UTF_8));
  }

  Parameters form() {
    return Parameters.parse(new String(Body.of(context), StandardCharsets.ISO_8859_1));
  }

  Parameters query() {
    return Parameters.parse(Optional.ofNullable(context.request().query()).orElse(""));
  }

  /// The value of this name; empty where it is not there once.
  static String one(Parameters parameters, String name) {
    List<String> values = parameters.values(name);
    return values.size() == 1 ? values.getFirst() : "";
  }

  /// Where to go on; nobody is led away.
  static String next(Parameters parameters) {
    String next = one(parameters, "next");
    return LOCAL.matcher(next).matches() ? next : HOME;
  }
}
