package dev.daypass.broker.organizations;

import dev.daypass.wire.organizations.AccountMessages.CreateAccountStatus;
import dev.daypass.wire.organizations.CreateAccountState;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.NullUnmarked;

/// How the making of an account ended. It is over before CreateAccount answers.
@Entity
@Table(name = "create_account_status")
@NullUnmarked
class CreationRow {
  @Id String id;
  String organizationId;
  String accountName;
  String state;
  String accountId;
  String failureReason;
  Instant requestedAt;

  CreateAccountStatus toStatus() {
    return new CreateAccountStatus(
        id,
        accountName,
        CreateAccountState.valueOf(state),
        requestedAt,
        requestedAt,
        Optional.ofNullable(accountId),
        Optional.ofNullable(failureReason));
  }

  static CreationRow of(String organization, CreateAccountStatus status) {
    CreationRow row = new CreationRow();
    row.id = status.id();
    row.organizationId = organization;
    row.accountName = status.accountName();
    row.state = status.state().name();
    row.accountId = status.accountId().orElse(null);
    row.failureReason = status.failureReason().orElse(null);
    row.requestedAt = status.requestedTimestamp();
    return row;
  }
}
