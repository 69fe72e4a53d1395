package dev.daypass.sidecar.http;

import dev.daypass.client.RandomText;
import dev.daypass.client.files.WholeFile;
import dev.daypass.wire.Secret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a caller shows: 256 random bits in a file that only the caller can read, or its group. SDKs
/// read the file whenever they ask, so that it can change at any time.
public final class CallerToken {
  private static final int SHORTEST = 32;
  private static final int LONGEST = 1024;

  /// For those who read the file just before it changed.
  private static final Duration GRACE = Duration.ofSeconds(60);

  private static final Set<PosixFilePermission> OTHERS =
      PosixFilePermissions.fromString("---rwxrwx");

  private final TokenFile file;
  private final SecureRandom random;
  private final InstantSource clock;
  private Secret current;
  private @Nullable Secret former;
  private Instant formerUntil = Instant.MIN;
  private FileTime written;

  private CallerToken(TokenFile file, SecureRandom random, InstantSource clock) throws IOException {
    this.file = file;
    this.random = random;
    this.clock = clock;
    if (Files.notExists(file.path())) {
      write(Secret.of(RandomText.next(random)));
    }
    refuseWhatOthersRead(file);
    this.written = Files.getLastModifiedTime(file.path());
    this.current = read(file.path());
  }

  /// The token in a file; made where there is none. Fails with [IOException] for a file that more
  /// can read than are meant, or that holds no token.
  public static CallerToken in(TokenFile file, SecureRandom random, InstantSource clock)
      throws IOException {
    return new CallerToken(file, random, clock);
  }

  private static void refuseWhatOthersRead(TokenFile file) throws IOException {
    Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file.path());
    permissions.retainAll(OTHERS);
    if (!file.permissions().containsAll(permissions)) {
      throw new IOException(
          "others can read or write %s. Run: chmod 400 %s".formatted(file.path(), file.path()));
    }
  }

  private static Secret read(Path file) throws IOException {
    long size = Files.size(file);
    if (size < SHORTEST || size > LONGEST) {
      throw new IOException(
          "%s must hold a token of %d to %d characters".formatted(file, SHORTEST, LONGEST));
    }
    return Secret.of(Files.readString(file, StandardCharsets.US_ASCII).strip());
  }

  /// Without an end of line: some SDKs refuse one.
  private void write(Secret token) throws IOException {
    Path folder = file.path().toAbsolutePath().getParent();
    if (file.forGroup() && folder != null && Files.notExists(folder)) {
      // Whoever may read the file has to get to it.
      Files.createDirectories(folder);
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x---"));
    }
    WholeFile.write(file.path(), token.reveal(), file.permissions());
  }

  /// Whether this is it. Compares in constant time.
  public synchronized boolean is(Secret shown) {
    return matches(shown) || changed() && matches(shown);
  }

  private boolean matches(Secret shown) {
    boolean now = current.equals(shown);
    boolean before =
        former != null && clock.instant().isBefore(formerUntil) && former.equals(shown);
    return now | before;
  }

  /// Somebody else may renew the file. Whatever stands there then must be a token, too.
  private boolean changed() {
    try {
      FileTime now = Files.getLastModifiedTime(file.path());
      if (now.equals(written)) {
        return false;
      }
      refuseWhatOthersRead(file);
      Secret next = read(file.path());
      written = now;
      replace(next);
      return true;
    } catch (IOException _) {
      return false;
    }
  }

  private void replace(Secret next) {
    former = current;
    formerUntil = clock.instant().plus(GRACE);
    current = next;
  }

  /// Writes another token; the former one counts for a minute yet.
  public synchronized void rotate() throws IOException {
    Secret next = Secret.of(RandomText.next(random));
    write(next);
    written = Files.getLastModifiedTime(file.path());
    replace(next);
  }
}
