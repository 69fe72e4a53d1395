package dev.daypass.broker.awslogin;

import dev.daypass.wire.query.Parameters;
import dev.daypass.wire.signin.CreateOAuth2Token.ClientId;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// What a tool asks a person for, by way of the browser (RFC 6749 §4.1.1, RFC 7636 §4.3). What is
/// not exactly right is refused on a page: nobody is sent anywhere that was not proven to be right.
///
/// @param port the port that the tool waits on; absent for one on another computer
public record AuthorizationRequest(
    ClientId client,
    String redirectUri,
    String state,
    String codeChallenge,
    Optional<Integer> port) {
  /// Where a person is shown the code, to carry it to another computer.
  public static final String CONFIRMATION = "/v1/sessions/confirmation";

  private static final Pattern LOOPBACK =
      Pattern.compile("http://(?:127\\.0\\.0\\.1|localhost|\\[::1]):([0-9]{1,5})/oauth/callback");
  private static final Pattern STATE = Pattern.compile("[\\x21-\\x7E]{1,512}");
  private static final Pattern CHALLENGE = Pattern.compile("[A-Za-z0-9_-]{43}");

  /// AWS's name for it, and that of RFC 7636.
  private static final List<String> METHODS = List.of("SHA-256", "S256");

  private static final int HIGHEST_PORT = 65_535;

  /// What is wrong with a request.
  public static final class Invalid extends RuntimeException {
    Invalid(String what) {
      super(what, null, false, false);
    }
  }

  /// Reads a query; fails with [Invalid].
  ///
  /// @param here the authorities under which this installation is reached
  public static AuthorizationRequest of(String query, List<String> here) {
    Parameters parameters = Parameters.parse(query);
    expect(parameters, "response_type", "code");
    expect(parameters, "scope", "openid");
    if (!METHODS.contains(one(parameters, "code_challenge_method"))) {
      throw new Invalid("code_challenge_method must be SHA-256 or S256.");
    }
    String state = matching(parameters, "state", STATE);
    String challenge = matching(parameters, "code_challenge", CHALLENGE);
    String redirectUri = one(parameters, "redirect_uri");
    String clientId = one(parameters, "client_id");
    ClientId client =
        Stream.of(ClientId.values())
            .filter(known -> known.toString().equals(clientId))
            .findFirst()
            .orElseThrow(() -> new Invalid("The client is not known."));
    return new AuthorizationRequest(
        client, redirectUri, state, challenge, port(client, redirectUri, here));
  }

  private static Optional<Integer> port(ClientId client, String redirectUri, List<String> here) {
    return switch (client) {
      case SAME_DEVICE -> {
        var matcher = LOOPBACK.matcher(redirectUri);
        if (!matcher.matches() || Integer.parseInt(matcher.group(1)) > HIGHEST_PORT) {
          throw new Invalid("The tool does not wait on this computer.");
        }
        yield Optional.of(Integer.parseInt(matcher.group(1)));
      }
      case CROSS_DEVICE -> {
        if (!isConfirmation(redirectUri, here)) {
          throw new Invalid("The code would be shown elsewhere.");
        }
        yield Optional.empty();
      }
    };
  }

  private static boolean isConfirmation(String redirectUri, List<String> here) {
    try {
      URI uri = URI.create(redirectUri);
      return List.of("http", "https").contains(String.valueOf(uri.getScheme()))
          && here.contains(String.valueOf(uri.getRawAuthority()))
          && CONFIRMATION.equals(uri.getRawPath())
          && uri.getRawQuery() == null
          && uri.getRawFragment() == null;
    } catch (IllegalArgumentException _) {
      return false;
    }
  }

  private static void expect(Parameters parameters, String name, String value) {
    if (!one(parameters, name).equals(value)) {
      throw new Invalid("%s must be %s.".formatted(name, value));
    }
  }

  private static String matching(Parameters parameters, String name, Pattern pattern) {
    String value = one(parameters, name);
    if (!pattern.matcher(value).matches()) {
      throw new Invalid("%s is not as it must be.".formatted(name));
    }
    return value;
  }

  private static String one(Parameters parameters, String name) {
    List<String> values = parameters.values(name);
    if (values.size() != 1) {
      throw new Invalid("%s must be there once.".formatted(name));
    }
    return values.getFirst();
  }

  /// Where the browser goes with the code. What is shown here is shown here, whatever the address
  /// was that the tool knows.
  public String target(String code) {
    String base = port.isPresent() ? redirectUri : CONFIRMATION;
    return base + "?code=" + encoded(code) + "&state=" + encoded(state);
  }

  /// Where the browser goes when the person would not.
  public String denied() {
    return redirectUri + "?error=access_denied&state=" + encoded(state);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
