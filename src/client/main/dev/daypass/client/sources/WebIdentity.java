package dev.daypass.client.sources;

import dev.daypass.wire.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// A token that the platform puts into a file and renews there, as Kubernetes does.
///
/// @param tokenFile read anew every time
public record WebIdentity(SecurityTokenService service, RoleRequest role, Path tokenFile)
    implements Source {
  private static final int LONGEST_TOKEN = 20_000;

  @Override
  public Fetched fetch() {
    String token;
    try {
      token = read();
    } catch (IOException e) {
      return new Fetched.Away("NoToken", "The token cannot be read: " + e);
    }
    return service.assumeRoleWithWebIdentity(role, Secret.of(token));
  }

  private String read() throws IOException {
    if (Files.size(tokenFile) > LONGEST_TOKEN) {
      throw new IOException(tokenFile + " is longer than any token");
    }
    String token = Files.readString(tokenFile).strip();
    if (token.isEmpty()) {
      throw new IOException(tokenFile + " is empty");
    }
    return token;
  }
}
