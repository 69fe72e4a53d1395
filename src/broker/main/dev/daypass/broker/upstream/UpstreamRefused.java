package dev.daypass.broker.upstream;

import dev.daypass.broker.upstream.UpstreamLogins.Vouched;
import java.util.Optional;

/// Why a provider's word did not sign somebody in.
public final class UpstreamRefused extends RuntimeException {
  /// What the person can do about it. Whatever was wrong with the word itself is told alike.
  public enum Reason {
    /// Begun in another browser, too long ago, or used already.
    EXPIRED("This sign-in has ended. Begin again."),
    /// The provider is away, or does not answer as it should.
    AWAY("%s cannot be reached. Try again later, or sign in with your password."),
    REFUSED("%s did not sign you in. Try again, or ask an administrator to link your user."),
    /// The word was right, and nothing is there for the person.
    UNTRUSTED(
        "%s did not sign you in. No user and no role of account %s is for you. Ask an administrator"
            + " of the account to link your user, or to let a role trust you. Tell them this: issuer %s, subject %s, link %s.");

    private final String text;

    Reason(String text) {
      this.text = text;
    }
  }

  private final Reason reason;
  private final Optional<Upstream> upstream;
  private final String text;

  private UpstreamRefused(Reason reason, Optional<Upstream> upstream, Object... told) {
    super(reason.name(), null, false, false);
    this.reason = reason;
    this.upstream = upstream;
    this.text = reason.text.formatted(told);
  }

  static UpstreamRefused expired() {
    return new UpstreamRefused(Reason.EXPIRED, Optional.empty());
  }

  static UpstreamRefused away(Upstream upstream) {
    return new UpstreamRefused(Reason.AWAY, Optional.of(upstream), upstream.label());
  }

  /// Also where several are linked.
  public static UpstreamRefused refused(Upstream upstream) {
    return new UpstreamRefused(Reason.REFUSED, Optional.of(upstream), upstream.label());
  }

  /// Where nobody is linked, and no role trusts the provider's word.
  public static UpstreamRefused untrusted(Vouched vouched) {
    Upstream upstream = vouched.upstream();
    return new UpstreamRefused(
        Reason.UNTRUSTED,
        Optional.of(upstream),
        upstream.label(),
        upstream.account(),
        upstream.issuer(),
        vouched.claims().getSubject(),
        vouched.link());
  }

  public Reason reason() {
    return reason;
  }

  /// Whose word it was; absent where that is not known.
  public Optional<Upstream> upstream() {
    return upstream;
  }

  /// For the person to read.
  public String text() {
    return text;
  }
}
