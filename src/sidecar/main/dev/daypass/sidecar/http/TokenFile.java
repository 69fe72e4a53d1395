package dev.daypass.sidecar.http;

import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The file of a caller's token.
///
/// @param permissions what it is made with, and the most that others may do with it
public record TokenFile(Path path, Set<PosixFilePermission> permissions) {
  private static final String USUAL = "0400";

  /// Nobody but the owner writes it, and nobody but a group reads it. There are no others: a token
  /// that everybody can read says nothing of who shows it.
  private static final Map<String, String> MODES =
      Map.of(USUAL, "r--------", "0440", "r--r-----", "0600", "rw-------", "0640", "rw-r-----");

  public TokenFile {
    permissions = Set.copyOf(permissions);
  }

  /// One that its owner alone can read.
  public static TokenFile of(Path path) {
    return of(path, USUAL);
  }

  /// Fails with [IllegalArgumentException] for another mode than those four.
  ///
  /// @param mode `0400`, `0440`, `0600` or `0640`, as chmod writes it
  public static TokenFile of(Path path, String mode) {
    return new TokenFile(
        path,
        Optional.ofNullable(MODES.get(mode))
            .map(PosixFilePermissions::fromString)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "a token file has the mode \"0400\", \"0440\", \"0600\" or \"0640\", not `%s`"
                            .formatted(mode))));
  }

  boolean forGroup() {
    return permissions.contains(PosixFilePermission.GROUP_READ);
  }
}
