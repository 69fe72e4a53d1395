package dev.daypass.broker.accounts;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.NullUnmarked;

@Entity
@Table(name = "account")
@NullUnmarked
class AccountRow {
  @Id String id;
  String name;
  String email;
  Instant createdAt;
  Instant closedAt;

  Account toAccount() {
    return new Account(
        id, name, Optional.ofNullable(email), createdAt, Optional.ofNullable(closedAt));
  }

  static AccountRow of(Account account) {
    AccountRow row = new AccountRow();
    row.id = account.id();
    row.name = account.name();
    row.email = account.email().orElse(null);
    row.createdAt = account.createdAt();
    row.closedAt = account.closedAt().orElse(null);
    return row;
  }
}
