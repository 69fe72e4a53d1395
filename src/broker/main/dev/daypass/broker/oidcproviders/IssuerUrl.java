package dev.daypass.broker.oidcproviders;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;

/// The URL of an issuer: `https`, a host in lower case, perhaps a port and a path, and nothing else
/// (OpenID Connect Discovery 1.0 §3). It is compared as it is written, so what could be written in
/// two ways is none: `.` and `..`, empty segments, percent signs, a default port.
///
/// AWS takes no port; issuers of one's own often have one, so it is taken here.
public final class IssuerUrl {
  private static final String SCHEME = "https://";
  private static final int LONGEST = 255;
  private static final String FORM =
      "[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:[1-9][0-9]{0,4})?(/[A-Za-z0-9._~!$&'()*+,;=@-]+)*/?";

  private IssuerUrl() {}

  /// The URL without its scheme; absent where it is no issuer's.
  public static Optional<String> withoutScheme(String url) {
    if (url.length() > LONGEST || !url.startsWith(SCHEME)) {
      return Optional.empty();
    }
    String rest = url.substring(SCHEME.length());
    return rest.matches(FORM) && unambiguous(url) ? Optional.of(rest) : Optional.empty();
  }

  private static boolean unambiguous(String url) {
    try {
      URI uri = new URI(url);
      return uri.getHost() != null
          && uri.getHost().equals(uri.getHost().toLowerCase(Locale.ROOT))
          && uri.getPort() != 443
          && uri.getPort() <= 65535
          && uri.normalize().equals(uri)
          // Which a first `..` survives.
          && !uri.getRawPath().matches("/\\.\\.(/.*)?");
    } catch (URISyntaxException _) {
      return false;
    }
  }
}
