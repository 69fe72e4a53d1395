package dev.daypass.broker.logins;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.NullUnmarked;

@Entity
@Table(name = "password_policy")
@NullUnmarked
class PasswordPolicyRow {
  @Id String accountId;
  int minimumLength;
  boolean symbols;
  boolean numbers;
  boolean uppercase;
  boolean lowercase;
  boolean changeAllowed;
  Integer maxAgeDays;
  Integer reusePrevention;
  boolean hardExpiry;

  PasswordPolicy toPolicy() {
    return new PasswordPolicy(
        minimumLength,
        symbols,
        numbers,
        uppercase,
        lowercase,
        changeAllowed,
        Optional.ofNullable(maxAgeDays).map(Duration::ofDays),
        reusePrevention == null ? 0 : reusePrevention,
        hardExpiry);
  }

  static PasswordPolicyRow of(String account, PasswordPolicy policy) {
    PasswordPolicyRow row = new PasswordPolicyRow();
    row.accountId = account;
    row.minimumLength = policy.minimumLength();
    row.symbols = policy.symbols();
    row.numbers = policy.numbers();
    row.uppercase = policy.uppercase();
    row.lowercase = policy.lowercase();
    row.changeAllowed = policy.changeAllowed();
    row.maxAgeDays = policy.maxAge().map(age -> (int) age.toDays()).orElse(null);
    row.reusePrevention = policy.reusePrevention();
    row.hardExpiry = policy.hardExpiry();
    return row;
  }
}
