package dev.daypass.cli;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The digests of a broker's trail as they are told, one after another: each has the SHA-256 of the
/// one before it, so that whoever remembers one knows whether any before it was replaced.
final class DigestChain {
  /// A digest that was seen.
  ///
  /// @param sha256 of its token, in Base64url
  record Anchor(long number, String sha256) {}

  /// What is wrong, and with which digest.
  record Finding(long digest, String problem, String message) {}

  private final Optional<Anchor> anchor;
  private final List<Finding> findings = new ArrayList<>();
  private Optional<Anchor> last = Optional.empty();
  private long digests;
  private long records;

  DigestChain(Optional<Anchor> anchor) {
    this.anchor = anchor;
  }

  /// Takes the next one, as the broker tells it.
  void take(Map<?, ?> told) {
    String token = String.valueOf(told.get("token"));
    Anchor seen = new Anchor(number(told, "number"), sha256(token));
    if (told.get("problem") instanceof String problem) {
      findings.add(new Finding(seen.number(), problem, String.valueOf(told.get("message"))));
    } else if (!last.map(Anchor::sha256).equals(previous(token))) {
      findings.add(
          new Finding(seen.number(), "BROKEN_CHAIN", "it does not follow the one before it"));
    }
    anchor
        .filter(is -> is.number() == seen.number() && !is.sha256().equals(seen.sha256()))
        .ifPresent(
            _ ->
                findings.add(
                    new Finding(
                        seen.number(), "REPLACED", "it is not the one that was seen before")));
    last = Optional.of(seen);
    digests++;
    records += number(told, "records");
  }

  /// What is wrong, all having been taken.
  List<Finding> findings() {
    List<Finding> all = new ArrayList<>(findings);
    anchor
        .filter(is -> is.number() > last.map(Anchor::number).orElse(0L))
        .ifPresent(
            is ->
                all.add(
                    new Finding(
                        is.number(),
                        "ROLLED_BACK",
                        "it was seen before, and is gone with all after it")));
    return all;
  }

  /// The newest one.
  Optional<Anchor> last() {
    return last;
  }

  long digests() {
    return digests;
  }

  long records() {
    return records;
  }

  static long number(Map<?, ?> of, String name) {
    return of.get(name) instanceof Number number ? number.longValue() : 0;
  }

  private static Optional<String> previous(String token) {
    try {
      byte[] claims = Base64.getUrlDecoder().decode(token.split("\\.", -1)[1]);
      return Optional.ofNullable(JSON.std.mapFrom(claims).get("previous")).map(String::valueOf);
    } catch (IOException | IllegalArgumentException | ArrayIndexOutOfBoundsException _) {
      return Optional.of("none: it is no token");
    }
  }

  private static String sha256(String token) {
    try {
      return Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString(
              MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
