package dev.daypass.broker.grants;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import org.jspecify.annotations.NullUnmarked;

@Entity
@Table(name = "inline_policy")
@IdClass(InlinePolicyRow.Key.class)
@NullUnmarked
class InlinePolicyRow {
  record Key(String ownerId, String name) {}

  @Id String ownerId;
  @Id String name;
  String document;

  static InlinePolicyRow of(String ownerId, String name, String document) {
    InlinePolicyRow row = new InlinePolicyRow();
    row.ownerId = ownerId;
    row.name = name;
    row.document = document;
    return row;
  }
}
