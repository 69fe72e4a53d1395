package dev.daypass.broker.audit;

import io.smallrye.mutiny.Uni;
import java.util.List;

/// The trail of everything the broker did. No answer leaves before its entry is durable.
public interface Audit {
  /// Completes when the entry is durable. Entries of concurrent callers share a commit. Fails with
  /// `ServiceUnavailable` where too many wait already.
  Uni<Void> append(AuditEntry entry);

  /// Adds the entry to the transaction that the stream is in: both last, or neither.
  Uni<Void> appendInTransaction(AuditEntry entry);

  /// The entries that match, newest first.
  Uni<List<AuditEntry>> find(AuditQuery query);
}
