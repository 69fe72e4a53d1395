package dev.daypass.broker.logingrants;

import dev.daypass.wire.query.Parameters;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;

/// The query with which a tool sends a browser here (RFC 6749 §4.1.1). What is not exactly right is
/// refused on a page: nobody is sent anywhere that was not proven to be right.
public final class AuthorizationQuery {
  private static final Pattern STATE = Pattern.compile("[\\x21-\\x7E]{1,512}");
  private static final Pattern CHALLENGE = Pattern.compile("[A-Za-z0-9_-]{43}");

  private final Parameters parameters;

  public AuthorizationQuery(String query) {
    parameters = Parameters.parse(query);
  }

  /// What is wrong with a query.
  public static final class Invalid extends RuntimeException {
    public Invalid(String what) {
      super(what, null, false, false);
    }
  }

  /// The value of this name, which must be there once.
  public String one(String name) {
    List<String> values = parameters.values(name);
    if (values.size() != 1) {
      throw new Invalid("%s must be there once.".formatted(name));
    }
    return values.getFirst();
  }

  /// Refuses any other value.
  public void expect(String name, String value) {
    if (!one(name).equals(value)) {
      throw new Invalid("%s must be %s.".formatted(name, value));
    }
  }

  /// What the tool gets back as it was.
  public String state() {
    return matching("state", STATE);
  }

  /// A SHA-256 hash (RFC 7636 §4.2).
  public String codeChallenge() {
    return matching("code_challenge", CHALLENGE);
  }

  private String matching(String name, Pattern pattern) {
    String value = one(name);
    if (!pattern.matcher(value).matches()) {
      throw new Invalid("%s is not as it must be.".formatted(name));
    }
    return value;
  }

  /// Where a browser takes the answer (RFC 6749 §4.1.2).
  ///
  /// @param name of the answer: `code` or `error`
  public static String answered(String redirectUri, String name, String value, String state) {
    return redirectUri + "?" + name + "=" + encoded(value) + "&state=" + encoded(state);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
