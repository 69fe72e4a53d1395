package dev.daypass.broker.publicurl;

import jakarta.inject.Singleton;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The URL under which everybody knows this installation: a scheme, a name and perhaps a port.
@Singleton
public final class PublicUrl {
  /// A name, and no address: browsers make no passkeys for addresses.
  private static final Pattern DOMAIN =
      Pattern.compile("[a-z0-9-]+(\\.[a-z0-9-]+)*\\.[a-z][a-z0-9-]*|localhost");

  private static final Pattern LOOPBACK =
      Pattern.compile("(?:127\\.0\\.0\\.1|localhost|\\[::1])(?::[0-9]{1,5})?");

  private final String host;
  private final String origin;

  /// Fails, and the start with it, for a URL that is not secure or more than an origin.
  public PublicUrl(PublicUrlConfig config) {
    URI url = config.publicUrl();
    host = String.valueOf(url.getHost()).toLowerCase(Locale.ROOT);
    boolean secure =
        "https".equals(url.getScheme())
            || "http".equals(url.getScheme()) && host.equals("localhost");
    boolean bare =
        String.valueOf(url.getRawPath()).matches("/?")
            && url.getRawQuery() == null
            && url.getRawFragment() == null
            && url.getRawUserInfo() == null;
    if (!secure || !bare || !DOMAIN.matcher(host).matches()) {
      throw new IllegalStateException(
          "daypass.public-url must be https://a.name[:port], or http://localhost[:port]");
    }
    origin = url.getScheme() + "://" + url.getRawAuthority().toLowerCase(Locale.ROOT);
  }

  public String host() {
    return host;
  }

  /// Without a slash at its end.
  public String origin() {
    return origin;
  }

  /// The host and port, under which it is known; and that of a request which came by another name
  /// of this computer.
  ///
  /// @param hostHeader what the request says
  public List<String> authorities(@Nullable String hostHeader) {
    String own = origin.substring(origin.indexOf("://") + 3);
    return hostHeader != null && host.equals("localhost") && LOOPBACK.matcher(hostHeader).matches()
        ? List.of(own, hostHeader)
        : List.of(own);
  }

  /// Whether a request that says this in `Host` came by this URL.
  public boolean isHost(String authority) {
    return origin.substring(origin.indexOf("://") + 3).equals(authority.toLowerCase(Locale.ROOT));
  }
}
