package dev.daypass.broker.roles;

import io.vertx.core.json.JsonObject;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.NullUnmarked;

@Entity
@Table(name = "iam_role")
@NullUnmarked
class RoleRow {
  @Id String id;
  String accountId;
  String path;
  String name;
  String trustPolicy;

  @JdbcTypeCode(SqlTypes.JSON)
  String trustPrincipals;

  String description;
  int maxSessionSeconds;
  String permissionsBoundary;
  Instant createdAt;

  Role toRole() {
    Map<String, String> principals = new TreeMap<>();
    new JsonObject(trustPrincipals).forEach(e -> principals.put(e.getKey(), (String) e.getValue()));
    return new Role(
        id,
        accountId,
        path,
        name,
        trustPolicy,
        principals,
        Optional.ofNullable(description),
        Duration.ofSeconds(maxSessionSeconds),
        Optional.ofNullable(permissionsBoundary),
        createdAt);
  }

  static RoleRow of(Role role) {
    RoleRow row = new RoleRow();
    row.id = role.id();
    row.accountId = role.account();
    row.path = role.path();
    row.name = role.name();
    row.trustPolicy = role.trustPolicy();
    row.trustPrincipals =
        new JsonObject(new TreeMap<String, Object>(role.trustPrincipals())).encode();
    row.description = role.description().orElse(null);
    row.maxSessionSeconds = (int) role.longestSession().toSeconds();
    row.permissionsBoundary = role.boundary().orElse(null);
    row.createdAt = role.createdAt();
    return row;
  }
}
