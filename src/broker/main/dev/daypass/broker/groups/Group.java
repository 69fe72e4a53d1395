package dev.daypass.broker.groups;

import dev.daypass.wire.Arn;
import dev.daypass.wire.iam.GroupMessages;
import java.time.Instant;

/// Users that are given the same.
public record Group(String id, String account, String path, String name, Instant createdAt) {
  public String arn() {
    return Arn.iam(account, "group" + path + name).toString();
  }

  GroupMessages.Group onWire() {
    return new GroupMessages.Group(path, name, id, arn(), createdAt);
  }
}
