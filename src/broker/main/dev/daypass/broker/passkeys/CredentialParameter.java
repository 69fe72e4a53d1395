package dev.daypass.broker.passkeys;

import com.fasterxml.jackson.annotation.JsonProperty;

/// An algorithm that credentials may have, by its COSE number.
public record CredentialParameter(long alg) {
  static final String TYPE = "public-key";

  @JsonProperty
  public String type() {
    return TYPE;
  }
}
