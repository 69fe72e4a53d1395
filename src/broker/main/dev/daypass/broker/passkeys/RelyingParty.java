package dev.daypass.broker.passkeys;

import com.webauthn4j.data.client.Origin;
import com.webauthn4j.data.client.challenge.DefaultChallenge;
import com.webauthn4j.server.ServerProperty;
import dev.daypass.broker.publicurl.PublicUrl;
import jakarta.inject.Singleton;

/// Who asks for signatures: passkeys are made for this host, and answer to pages of this origin.
///
/// @see <a href="https://www.w3.org/TR/webauthn-3/#relying-party-identifier">Relying party
///   identifier</a>
@Singleton
final class RelyingParty {
  private final String id;
  private final Origin origin;

  RelyingParty(PublicUrl url) {
    id = url.host();
    origin = new Origin(url.origin());
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
