package dev.daypass.broker.upstream;

import java.util.Optional;

/// Why a provider's word did not sign somebody in.
public final class UpstreamRefused extends RuntimeException {
  /// What the person can do about it. Whatever was wrong with the word itself is told alike, and so
  /// is that nobody is linked with it.
  public enum Reason {
    /// Begun in another browser, too long ago, or used already.
    EXPIRED("This sign-in has ended. Begin again."),
    /// The provider is away, or does not answer as it should.
    AWAY("%s cannot be reached. Try again later, or sign in with your password."),
    REFUSED("%s did not sign you in. Try again, or ask an administrator to link your user.");

    private final String text;

    Reason(String text) {
      this.text = text;
    }
  }

  private final Reason reason;
  private final Optional<Upstream> upstream;

  private UpstreamRefused(Reason reason, Optional<Upstream> upstream) {
    super(reason.name(), null, false, false);
    this.reason = reason;
    this.upstream = upstream;
  }

  static UpstreamRefused expired() {
    return new UpstreamRefused(Reason.EXPIRED, Optional.empty());
  }

  static UpstreamRefused away(Upstream upstream) {
    return new UpstreamRefused(Reason.AWAY, Optional.of(upstream));
  }

  /// Also where nobody is linked.
  public static UpstreamRefused refused(Upstream upstream) {
    return new UpstreamRefused(Reason.REFUSED, Optional.of(upstream));
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
    return reason.text.formatted(upstream.map(Upstream::label).orElse(""));
  }
}
