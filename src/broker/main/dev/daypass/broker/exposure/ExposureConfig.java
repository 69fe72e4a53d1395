package dev.daypass.broker.exposure;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/// Who may talk to the broker without TLS, and with what.
@ConfigMapping(prefix = "daypass")
public interface ExposureConfig {
  /// Where plain HTTP is taken: `loopback`, on this computer alone; `behind-tls`, where something
  /// in front of the broker ends TLS and nobody else reaches it; `anywhere`, for trying out.
  @WithDefault("loopback")
  PlainHttp plainHttp();

  /// Whether clients must have a certificate of an authority in
  /// `QUARKUS_HTTP_SSL_CERTIFICATE_TRUST_STORE_FILES`, beside what they sign with: `none` or
  /// `required`. Browsers and SDKs need it as well then; probes have a port of their own in images.
  @WithDefault("none")
  ClientCertificates clientCertificates();
}
