package dev.daypass.broker.accounts;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.jspecify.annotations.NullUnmarked;

@Entity
@Table(name = "account_alias")
@NullUnmarked
class AccountAliasRow {
  @Id String alias;
  String accountId;
  Instant createdAt;

  static AccountAliasRow of(String alias, String account, Instant now) {
    AccountAliasRow row = new AccountAliasRow();
    row.alias = alias;
    row.accountId = account;
    row.createdAt = now;
    return row;
  }
}
