package dev.daypass.broker.passkeys;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/// Which credential, in options.
public record Descriptor(String id, List<String> transports) {
  static Descriptor of(Passkey passkey) {
    return new Descriptor(passkey.credentialId(), passkey.transports());
  }

  @JsonProperty
  public String type() {
    return CredentialParameter.TYPE;
  }
}
