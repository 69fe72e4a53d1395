package dev.daypass.broker.access;

import io.smallrye.mutiny.Uni;

/// Who stands behind a session's token, for those who are shown one that did not sign their call.
public interface SessionCallers {
  /// Who would call with the session, if it is alive; fails with `InvalidClientTokenId` or
  /// `ExpiredToken` for any other token. It proves nobody: that takes the session's secret.
  Uni<Caller> caller(String token, Origin origin);
}
