package dev.daypass.broker.exposure;

import io.quarkus.vertx.http.HttpServerOptionsCustomizer;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.HttpServerOptions;
import jakarta.inject.Singleton;

/// Asks clients for certificates, where that is set.
@Singleton
final class MutualTls implements HttpServerOptionsCustomizer {
  private final ExposureConfig config;

  MutualTls(ExposureConfig config) {
    this.config = config;
  }

  @Override
  public void customizeHttpsServer(HttpServerOptions options) {
    if (config.clientCertificates() == ClientCertificates.REQUIRED) {
      options.setClientAuth(ClientAuth.REQUIRED);
    }
  }
}
