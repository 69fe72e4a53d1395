package dev.daypass.broker.signin;

import dev.daypass.broker.access.Origin;
import dev.daypass.broker.passkeys.Challenges;
import dev.daypass.broker.throttle.Failures;
import dev.daypass.broker.throttle.Throttle;
import dev.daypass.broker.upstream.Upstream;
import dev.daypass.broker.upstream.UpstreamLogins;
import dev.daypass.broker.upstream.UpstreamLogins.Answer;
import dev.daypass.broker.upstream.UpstreamLogins.Begun;
import dev.daypass.broker.upstream.UpstreamLogins.Vouched;
import dev.daypass.broker.upstream.UpstreamRefused;
import dev.daypass.broker.users.PostgresUsers;
import dev.daypass.broker.users.User;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// A sign-in in which another provider stands for the password. The user is the one of the
/// provider's account that a tag links with whom the provider means, and no other; two such users
/// are none. Where the user has a device it is asked for, unless the provider's second factor
/// counts. Where there is no such user, the person goes straight to the roles that trust the
/// provider's word.
@Singleton
public final class UpstreamSignIn {
  /// What tells one from several.
  private static final int TWO = 2;

  private static final Throttle.Rate RATE = new Throttle.Rate(100, Duration.ofSeconds(3));

  private final UpstreamLogins logins;
  private final PostgresUsers users;
  private final Challenges challenges;
  private final Throttle throttle;
  private final Failures failures;
  private final SignIns steps;
  private final RoleSignIn roles;

  UpstreamSignIn(
      UpstreamLogins logins,
      PostgresUsers users,
      Challenges challenges,
      Throttle throttle,
      Failures failures,
      SignIns steps,
      RoleSignIn roles) {
    this.logins = logins;
    this.users = users;
    this.challenges = challenges;
    this.throttle = throttle;
    this.failures = failures;
    this.steps = steps;
    this.roles = roles;
  }

  /// Where a sign-in stands that began elsewhere.
  ///
  /// @param next where the person wanted to go
  public record Returned(Progress progress, String next) {}

  /// Fails with [UpstreamRefused] where the provider is away.
  public Uni<Begun> begin(Origin origin, Upstream upstream, String next) {
    return throttle
        .take("upstream:" + origin.address(), RATE)
        .chain(() -> logins.begin(upstream, next));
  }

  /// What comes of a provider's answer; fails with [UpstreamRefused].
  public Uni<Returned> finish(Origin origin, Answer answer) {
    failures.check(origin.address());
    return Uni.createFrom()
        .deferred(() -> logins.finish(answer, origin.time()))
        .onFailure(UpstreamRefused.class)
        .call(refused -> failed(origin, ((UpstreamRefused) refused).upstream(), Optional.empty()))
        .chain(vouched -> signIn(origin, vouched));
  }

  private Uni<Returned> signIn(Origin origin, Vouched vouched) {
    return users
        .tagged(vouched.upstream().account(), Upstream.TAG, vouched.link(), TWO)
        .chain(linked -> signIn(origin, vouched, linked))
        .map(progress -> new Returned(progress, vouched.next()));
  }

  private Uni<Progress> signIn(Origin origin, Vouched vouched, List<User> linked) {
    return switch (linked.size()) {
      case 0 -> withoutUser(origin, vouched);
      case 1 -> next(origin, linked.getFirst(), vouched);
      default -> refused(origin, vouched, UpstreamRefused.refused(vouched.upstream()));
    };
  }

  private Uni<Progress> withoutUser(Origin origin, Vouched vouched) {
    return roles
        .signIn(origin, vouched)
        .chain(
            done ->
                done.map(progress -> Uni.createFrom().item(progress))
                    .orElseGet(() -> refused(origin, vouched, UpstreamRefused.untrusted(vouched))));
  }

  private Uni<Progress> next(Origin origin, User user, Vouched vouched) {
    Proof proof = Proof.upstream(vouched.mfa());
    Attempt attempt = Attempt.of(user, vouched.upstream().name(), proof, challenges.next());
    if (vouched.mfa()) {
      return steps.signedIn(origin, attempt);
    }
    return steps
        .secondFactor(attempt)
        .chain(
            asked ->
                asked
                    .map(progress -> Uni.createFrom().item(progress))
                    .orElseGet(() -> steps.signedIn(origin, attempt)));
  }

  private Uni<Progress> refused(Origin origin, Vouched vouched, UpstreamRefused why) {
    return failed(origin, Optional.of(vouched.upstream()), Optional.of(vouched.link()))
        .chain(() -> Uni.createFrom().failure(why));
  }

  /// The trail has whom the provider meant, which is what an administrator links.
  private Uni<Void> failed(Origin origin, Optional<Upstream> upstream, Optional<String> link) {
    failures.count(origin.address());
    return steps.failed(
        origin,
        Attempt.withoutUser(
            upstream.map(Upstream::account).orElse(""),
            link.or(() -> upstream.map(Upstream::name)).orElse(""),
            upstream.map(Upstream::name).orElse(""),
            Proof.NONE));
  }
}
