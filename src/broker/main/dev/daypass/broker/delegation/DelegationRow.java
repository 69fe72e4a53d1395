package dev.daypass.broker.delegation;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.NullUnmarked;

@Entity
@Table(name = "delegation_request")
@NullUnmarked
class DelegationRow {
  @Id String id;
  String requestorAccount;
  String requestorId;
  String requestorArn;

  String workflowId;
  String ownerAccount;
  String ownerArn;
  String description;
  String requestMessage;
  String templateArn;

  @JdbcTypeCode(SqlTypes.JSON)
  String parameters;

  String policy;
  String redirectUrl;
  String notificationChannel;
  int sessionSeconds;
  boolean onlySendByOwner;
  String state;
  String notes;
  String rejectionReason;

  @JdbcTypeCode(SqlTypes.JSON)
  String approver;

  String approverArn;
  Instant createdAt;
  Instant updatedAt;
  Instant expiresAt;

  Delegation toDelegation() {
    return new Delegation(
        id,
        new Requestor(requestorAccount, requestorId, requestorArn),
        asked(),
        Optional.ofNullable(ownerAccount),
        Optional.ofNullable(ownerArn),
        DelegationState.valueOf(state),
        Optional.ofNullable(notes),
        Optional.ofNullable(rejectionReason),
        Optional.ofNullable(approver).map(DelegationJson::approver),
        createdAt,
        updatedAt,
        expiresAt);
  }

  private Asked asked() {
    return new Asked(
        workflowId,
        description,
        Optional.ofNullable(requestMessage),
        DelegationJson.permissions(templateArn, parameters),
        policy,
        Optional.ofNullable(redirectUrl),
        notificationChannel,
        Duration.ofSeconds(sessionSeconds),
        onlySendByOwner);
  }

  /// A new request; nobody has granted it.
  static DelegationRow of(Delegation delegation) {
    Asked asked = delegation.asked();
    DelegationRow row = new DelegationRow();
    row.id = delegation.id();
    row.requestorAccount = delegation.requestor().account();
    row.requestorId = delegation.requestor().id();
    row.requestorArn = delegation.requestor().arn();
    row.workflowId = asked.workflowId();
    row.ownerAccount = delegation.ownerAccount().orElse(null);
    row.description = asked.description();
    row.requestMessage = asked.message().orElse(null);
    row.templateArn = asked.permissions().policyTemplateArn().orElseThrow().value();
    row.parameters = DelegationJson.parameters(asked.permissions().parameters()).encode();
    row.policy = asked.policy();
    row.redirectUrl = asked.redirectUrl().orElse(null);
    row.notificationChannel = asked.notificationChannel();
    row.sessionSeconds = (int) asked.sessionDuration().toSeconds();
    row.onlySendByOwner = asked.onlySendByOwner();
    row.state = delegation.state().name();
    row.createdAt = delegation.createdAt();
    row.updatedAt = delegation.changedAt();
    row.expiresAt = delegation.expiresAt();
    return row;
  }
}
