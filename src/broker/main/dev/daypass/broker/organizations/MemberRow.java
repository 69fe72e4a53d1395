package dev.daypass.broker.organizations;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.jspecify.annotations.NullUnmarked;

@Entity
@Table(name = "organization_account")
@NullUnmarked
class MemberRow {
  @Id String accountId;
  String organizationId;
  String parentId;
  String joinedMethod;
  Instant joinedAt;

  Member toMember() {
    return new Member(accountId, organizationId, parentId, joinedMethod, joinedAt);
  }

  static MemberRow of(Member member) {
    MemberRow row = new MemberRow();
    row.accountId = member.account();
    row.organizationId = member.organization();
    row.parentId = member.parent();
    row.joinedMethod = member.joinedMethod();
    row.joinedAt = member.joinedAt();
    return row;
  }
}
