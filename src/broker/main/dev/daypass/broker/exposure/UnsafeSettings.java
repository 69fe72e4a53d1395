package dev.daypass.broker.exposure;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Settings that would put others in danger, where others than this computer can reach the broker.
/// They are read before anything is started, by the names of their properties.
public final class UnsafeSettings {
  /// The secret key of AWS's documentation, which everybody knows.
  private static final String EXAMPLE = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";

  private static final String TRUST_STORE = "quarkus.http.ssl.certificate.trust-store-file";
  private static final List<String> ENDS_TLS =
      List.of(
          "quarkus.http.ssl.certificate.files",
          "quarkus.http.ssl.certificate.key-store-file",
          "quarkus.http.tls-configuration-name");

  private final Function<String, Optional<String>> settings;

  private UnsafeSettings(Function<String, Optional<String>> settings) {
    this.settings = settings;
  }

  /// What is wrong, each in a sentence that says what to do; empty where nothing is.
  ///
  /// @param settings the value of a property, where it has one
  public static List<String> among(Function<String, Optional<String>> settings) {
    UnsafeSettings unsafe = new UnsafeSettings(settings);
    List<String> found = new ArrayList<>();
    unsafe.certificatesOfNobody().ifPresent(found::add);
    if (!unsafe.isLoopback()) {
      unsafe.plainHttp().ifPresent(found::add);
      unsafe.exampleKey().ifPresent(found::add);
      unsafe.ownSealingKey().ifPresent(found::add);
    }
    return found;
  }

  private Optional<String> value(String property) {
    return settings.apply(property).filter(value -> !value.isBlank());
  }

  private boolean isLoopback() {
    try {
      return InetAddress.getByName(value("quarkus.http.host").orElse("localhost"))
          .isLoopbackAddress();
    } catch (UnknownHostException _) {
      // It will not listen there.
      return false;
    }
  }

  private Optional<String> plainHttp() {
    boolean plain =
        ENDS_TLS.stream().allMatch(property -> value(property).isEmpty())
            || value("quarkus.http.insecure-requests").orElse("enabled").equals("enabled");
    boolean declared = !value("daypass.plain-http").orElse("loopback").equals("loopback");
    return plain && !declared
        ? Optional.of(
            """
            It would take plain HTTP from other computers (DAYPASS_HOST), and passwords with it. Give it a certificate and \
            QUARKUS_HTTP_INSECURE_REQUESTS=disabled; or say DAYPASS_PLAIN_HTTP=behind-tls, where something in front of it \
            ends TLS; or DAYPASS_PLAIN_HTTP=anywhere, to try it out.""")
        : Optional.empty();
  }

  private Optional<String> exampleKey() {
    return value("daypass.bootstrap.secret-access-key").filter(EXAMPLE::equals).isPresent()
        ? Optional.of(
            """
            The administrator's key (DAYPASS_BOOTSTRAP_SECRET_ACCESS_KEY) is the one of AWS's documentation, which everybody \
            knows. Take another, or none: then it is chosen at random.""")
        : Optional.empty();
  }

  /// A database of its own is in the same folder as the key; one elsewhere outlives the folder.
  private Optional<String> ownSealingKey() {
    return value("quarkus.datasource.reactive.url").isPresent()
            && value("daypass.sealing.key-file").isEmpty()
        ? Optional.of(
            """
            The database is elsewhere, and the key that opens its secrets would be in the folder of this broker alone. Name its \
            file in DAYPASS_SEALING_KEY_FILE, the same for every broker, and back it up; docs/keys.md says how it is made.""")
        : Optional.empty();
  }

  private Optional<String> certificatesOfNobody() {
    boolean asks = value("daypass.client-certificates").orElse("none").equals("required");
    boolean believes =
        value(TRUST_STORE).or(() -> value(TRUST_STORE + "s")).isPresent()
            || value("quarkus.http.tls-configuration-name").isPresent();
    return asks && !believes
        ? Optional.of(
            """
            Clients must have a certificate (DAYPASS_CLIENT_CERTIFICATES), and there is no authority whose it may be. Name the \
            authorities' in QUARKUS_HTTP_SSL_CERTIFICATE_TRUST_STORE_FILES.""")
        : Optional.empty();
  }
}
