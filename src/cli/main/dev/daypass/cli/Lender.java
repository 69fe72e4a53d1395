package dev.daypass.cli;

import dev.daypass.client.Broker;
import dev.daypass.client.BrokerRefused;
import dev.daypass.client.BrokerUnreachable;
import dev.daypass.client.Credentials;
import dev.daypass.client.SignIn;
import dev.daypass.client.Wanted;
import dev.daypass.client.store.StoreUnavailable;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Gives credentials of roles: those that are kept from before, as long as they last for a while
/// yet, else new ones. Where no new ones can be had now, those that there are, until they expire.
final class Lender {
  /// SDKs begin to ask for others with a quarter of an hour left.
  private static final Duration USEFUL = Duration.ofMinutes(16);

  private final Here here;
  private final Supplier<SignIn> signIn;
  private final Codes codes;
  private final Prose prose;

  /// @param signIn asked only where credentials are to be opened
  /// @param codes where a role's wish for a fresh second factor is answered
  /// @param prose where it says what is not quite as it should be
  Lender(Here here, Supplier<SignIn> signIn, Codes codes, Prose prose) {
    this.here = here;
    this.signIn = signIn;
    this.codes = codes;
    this.prose = prose;
  }

  /// For a command that a person runs.
  static Lender atTerminal(Here here, SignIn signIn, CodeOptions codes, Prose prose) {
    return new Lender(
        here,
        () -> signIn,
        new Codes(codes, Prompters.atTerminal(Surroundings.here()), here.clock(), prose),
        prose);
  }

  /// @param role a name or an ARN; picked by a person where none is named
  Credentials credentials(RoleOptions options, @Nullable String role) throws IOException {
    String named = role != null ? role : picked();
    String purpose = options.purpose(named);
    Optional<Credentials> kept = here.profile().credentials(purpose);
    Predicate<Credentials> useful = useful(options.duration());
    if (kept.filter(useful).isPresent()) {
      return kept.get();
    }
    try {
      return here.inTime(
          () -> here.profile().credentials(purpose, useful, () -> opened(options, named)));
    } catch (BrokerUnreachable | StoreUnavailable away) {
      Credentials last = kept.filter(this::unexpired).orElseThrow(() -> away);
      prose.warn(
          "%s Those of before are good for %d min; using them.",
          away.getMessage(), Duration.between(now(), last.expiration()).toMinutes());
      return last;
    }
  }

  /// Credentials of a session that nobody else has.
  Credentials fresh(RoleOptions options, @Nullable String role) throws IOException {
    return opened(options, role != null ? role : picked());
  }

  /// The ARN of a role that is named, or picked where none is.
  String arn(@Nullable String role) throws IOException {
    if (role == null) {
      return picked();
    }
    SignIn person = signIn.get();
    return RoleOptions.arn(Here.broker(person), person, role);
  }

  private Predicate<Credentials> useful(Duration lifetime) {
    Duration half = lifetime.dividedBy(2);
    Duration left = half.compareTo(USEFUL) < 0 ? half : USEFUL;
    return credentials -> credentials.lastFor(left, now());
  }

  private boolean unexpired(Credentials credentials) {
    return credentials.lastFor(Duration.ZERO, now());
  }

  private Instant now() {
    return here.clock().instant();
  }

  private Credentials opened(RoleOptions options, String role) {
    SignIn person = signIn.get();
    Broker broker = Here.broker(person);
    String arn = RoleOptions.arn(broker, person, role);
    Credentials opened = opened(broker, person, options.wanted(arn, person.arn()), arn);
    here.uses().count(arn);
    return opened;
  }

  /// With a fresh second factor, where that is what the role lacks.
  private Credentials opened(Broker broker, SignIn person, Wanted wanted, String arn) {
    try {
      return broker.open(person, wanted, Optional.empty());
    } catch (BrokerRefused refused) {
      if (!refused.code().equals("AccessDenied") || !wantsMfa(broker, person, arn)) {
        throw refused;
      }
      return codes.use(
          "%s wants your second factor, now.".formatted(arn),
          code -> broker.open(person, wanted, Optional.of(code)));
    }
  }

  private static boolean wantsMfa(Broker broker, SignIn person, String arn) {
    return broker.roles(person).stream()
        .anyMatch(role -> role.arn().equals(arn) && role.needsMfa());
  }

  private String picked() throws IOException {
    SignIn person = signIn.get();
    return new RolePicker(Surroundings.here(), here.uses())
        .pick(Here.broker(person).roles(person))
        .arn();
  }
}
