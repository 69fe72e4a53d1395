package dev.daypass.broker.organizations;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.jspecify.annotations.NullUnmarked;

@Entity
@Table(name = "organization")
@NullUnmarked
class OrganizationRow {
  @Id String id;
  String managementAccountId;
  boolean rootCredentials;
  boolean rootSessions;
  Instant createdAt;

  Organization toOrganization() {
    return new Organization(id, managementAccountId, rootCredentials, rootSessions, createdAt);
  }

  static OrganizationRow of(Organization organization) {
    OrganizationRow row = new OrganizationRow();
    row.id = organization.id();
    row.managementAccountId = organization.managementAccount();
    row.rootCredentials = organization.rootCredentials();
    row.rootSessions = organization.rootSessions();
    row.createdAt = organization.createdAt();
    return row;
  }
}
