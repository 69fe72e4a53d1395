package dev.daypass.broker.accounts;

import dev.daypass.wire.iam.GlobalEndpointTokenVersion;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.jspecify.annotations.NullUnmarked;

@Entity
@Table(name = "token_preference")
@NullUnmarked
class TokenPreferenceRow {
  @Id String accountId;

  @Enumerated(EnumType.STRING)
  GlobalEndpointTokenVersion globalEndpointTokenVersion;

  static TokenPreferenceRow of(String account, GlobalEndpointTokenVersion version) {
    TokenPreferenceRow row = new TokenPreferenceRow();
    row.accountId = account;
    row.globalEndpointTokenVersion = version;
    return row;
  }
}
