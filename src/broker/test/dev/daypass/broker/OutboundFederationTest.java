package dev.daypass.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daypass.broker.Wire.Key;
import dev.daypass.broker.outboundfederation.OutboundFederation;
import dev.daypass.broker.outboundfederation.PostgresOutboundFederation;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.vertx.VertxContextSupport;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.FeatureDisabledException;
import software.amazon.awssdk.services.iam.model.FeatureEnabledException;

/// Outbound federation, as AWS documents it.
@QuarkusTest
@QuarkusTestResource(TestServers.class)
class OutboundFederationTest {
  @TestHTTPResource URI server;
  @Inject PostgresOutboundFederation stored;
  private Wire wire;
  private IamClient iam;

  @BeforeEach
  void begin() {
    wire = new Wire(server.getPort());
    iam = Sdk.iam(wire.server());
    wire.iam(Key.ADMIN, "DisableOutboundWebIdentityFederation");
  }

  private String enable() {
    return iam.enableOutboundWebIdentityFederation(r -> {}).issuerIdentifier();
  }

  private OutboundFederation kept() {
    return onBroker(stored.find(TestServers.ACCOUNT)).orElseThrow();
  }

  private static <T> T onBroker(Uni<T> asked) {
    try {
      return VertxContextSupport.subscribeAndAwait(() -> asked);
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void an_account_gets_an_issuer_of_its_own_under_the_public_url() {
    String issuer = enable();

    var info = iam.getOutboundWebIdentityFederationInfo(r -> {});
    assertThat(issuer).matches("http://localhost:8080/federation/[0-9a-f]{8}(-[0-9a-f]{4}){3}-.*");
    assertThat(info.issuerIdentifier()).isEqualTo(issuer);
    assertThat(info.jwtVendingEnabled()).isTrue();
  }

  @Test
  void enabled_twice_and_disabled_twice_is_told() {
    enable();

    assertThatThrownBy(this::enable).isInstanceOf(FeatureEnabledException.class);
    iam.disableOutboundWebIdentityFederation(r -> {});

    assertThatThrownBy(() -> iam.disableOutboundWebIdentityFederation(r -> {}))
        .isInstanceOf(FeatureDisabledException.class);
    assertThatThrownBy(() -> iam.getOutboundWebIdentityFederationInfo(r -> {}))
        .isInstanceOf(FeatureDisabledException.class);
    assertThat(wire.iam(Key.ADMIN, "GetOutboundWebIdentityFederationInfo").status()).isEqualTo(404);
  }

  @Test
  void the_issuer_stays_when_the_feature_comes_back() {
    String issuer = enable();

    iam.disableOutboundWebIdentityFederation(r -> {});

    assertThat(enable()).isEqualTo(issuer);
  }

  @Test
  void what_is_in_memory_follows_every_change() {
    String issuer = enable();
    UUID id = UUID.fromString(issuer.substring(issuer.lastIndexOf('/') + 1));
    OutboundFederation enabled = kept();
    OutboundFederation found = onBroker(stored.ofIssuer(id)).orElseThrow();

    iam.disableOutboundWebIdentityFederation(r -> {});

    assertThat(enabled).isEqualTo(new OutboundFederation(TestServers.ACCOUNT, issuer, true));
    assertThat(found).isEqualTo(enabled);
    assertThat(kept()).isEqualTo(new OutboundFederation(TestServers.ACCOUNT, issuer, false));
    assertThat(onBroker(stored.ofIssuer(id))).contains(kept());
    assertThat(onBroker(stored.ofIssuer(UUID.randomUUID()))).isEmpty();
    assertThat(onBroker(stored.find("444455556666"))).isEqualTo(Optional.empty());
  }

  @Test
  void of_many_that_enable_it_at_once_one_does() throws Exception {
    List<String> codes = new ArrayList<>();
    List<Callable<String>> calls =
        Collections.nCopies(
            8, () -> wire.iam(Key.ADMIN, "EnableOutboundWebIdentityFederation").code());
    try (var threads = Executors.newFixedThreadPool(8)) {
      for (var done : threads.invokeAll(calls)) {
        codes.add(done.get());
      }
    }

    assertThat(Collections.frequency(codes, "OK")).as("%s", codes).isEqualTo(1);
    assertThat(Collections.frequency(codes, "FeatureEnabled")).isEqualTo(7);
  }
}
