package dev.daypass.broker.passkeys;

import com.webauthn4j.data.client.Origin;
import com.webauthn4j.data.client.challenge.DefaultChallenge;
import com.webauthn4j.server.ServerProperty;
import jakarta.inject.Singleton;
import java.net.URI;
import java.util.Locale;
import java.util.regex.Pattern;

/// Who asks for signatures: passkeys are made for this host, and answer to pages of this origin.
///
/// @see <a href="https://www.w3.org/TR/webauthn-3/#relying-party-identifier">Relying party
///   identifier</a>
@Singleton
final class RelyingParty {
  /// A name, and no address: browsers make no passkeys for addresses.
  private static final Pattern DOMAIN =
      Pattern.compile("[a-z0-9-]+(\\.[a-z0-9-]+)*\\.[a-z][a-z0-9-]*|localhost");

  private final String id;
  private final Origin origin;

  /// Fails, and the start with it, for a URL that no browser makes passkeys for.
  RelyingParty(PasskeyConfig config) {
    URI url = config.publicUrl();
    id = String.valueOf(url.getHost()).toLowerCase(Locale.ROOT);
    boolean secure =
        "https".equals(url.getScheme()) || "http".equals(url.getScheme()) && id.equals("localhost");
    boolean bare =
        String.valueOf(url.getRawPath()).matches("/?")
            && url.getRawQuery() == null
            && url.getRawFragment() == null
            && url.getRawUserInfo() == null;
    if (!secure || !bare || !DOMAIN.matcher(id).matches()) {
      throw new IllegalStateException(
          "daypass.public-url must be https://a.name[:port], or http://localhost[:port]");
    }
    origin = new Origin(url.getScheme() + "://" + url.getRawAuthority().toLowerCase(Locale.ROOT));
  }

  /// The host.
  String id() {
    return id;
  }

  /// What an answer to a challenge must have been made for.
  ServerProperty expecting(byte[] challenge) {
    return ServerProperty.builder()
        .origin(origin)
        .rpId(id)
        .challenge(new DefaultChallenge(challenge))
        .build();
  }
}
