package dev.daypass.broker.oidcproviders;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.NullUnmarked;

@Entity
@Table(name = "oidc_provider")
@NullUnmarked
class OidcProviderRow {
  @Id String arn;
  String accountId;
  String url;
  String[] clientIds;
  String[] thumbprints;
  Instant createdAt;

  OidcProvider toProvider() {
    return new OidcProvider(accountId, url, List.of(clientIds), List.of(thumbprints), createdAt);
  }

  static OidcProviderRow of(OidcProvider provider) {
    OidcProviderRow row = new OidcProviderRow();
    row.arn = provider.arn();
    row.accountId = provider.account();
    row.url = provider.url();
    row.clientIds = provider.clientIds().toArray(String[]::new);
    row.thumbprints = provider.thumbprints().toArray(String[]::new);
    row.createdAt = provider.createdAt();
    return row;
  }
}
