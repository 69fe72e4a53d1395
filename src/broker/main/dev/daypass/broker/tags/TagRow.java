package dev.daypass.broker.tags;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import org.jspecify.annotations.NullUnmarked;

@Entity
@Table(name = "tag")
@IdClass(TagRow.Key.class)
@NullUnmarked
class TagRow {
  record Key(String ownerId, String key) {}

  @Id String ownerId;
  @Id String key;
  String value;

  static TagRow of(String ownerId, String key, String value) {
    TagRow row = new TagRow();
    row.ownerId = ownerId;
    row.key = key;
    row.value = value;
    return row;
  }
}
