package dev.daypass.broker.signin;

import static dev.daypass.wire.ErrorCode.ACCESS_DENIED;

import dev.daypass.broker.access.Caller;
import dev.daypass.broker.audit.Audit;
import dev.daypass.broker.audit.AuditEntry;
import dev.daypass.broker.mfa.Codes;
import dev.daypass.wire.ApiError;
import dev.daypass.wire.Secret;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.Optional;

/// Tells whoever has signed in whether a device of theirs shows the right codes. A code is counted
/// and used up as it is anywhere, and opens nothing: what the sign-in has of a second factor stays.
@Singleton
public final class SecondFactorCheck {
  private final Codes codes;
  private final SignIns steps;
  private final Audit audit;

  SecondFactorCheck(Codes codes, SignIns steps, Audit audit) {
    this.codes = codes;
    this.steps = steps;
    this.audit = audit;
  }

  /// Uses up a code; says of which device. Fails with `AccessDenied` for a code that is wrong or
  /// was used and a device that is not the caller's, and as [Codes#serialNumber] and [Codes#use]
  /// do.
  ///
  /// @param serialNumber of the device; absent for the only one there is
  public Uni<String> code(Caller caller, Optional<String> serialNumber, Secret code) {
    if (caller.user().isEmpty()) {
      throw ACCESS_DENIED.error("Only users have devices.");
    }
    Attempt attempt = Attempt.renewing(caller, "");
    return codes
        .serialNumber(caller.userId(), serialNumber)
        .chain(serial -> used(caller, attempt, serial, code));
  }

  private Uni<String> used(Caller caller, Attempt attempt, String serial, Secret code) {
    return codes
        .use(caller.account(), caller.userId(), serial, code, caller.origin().time())
        .onFailure(ApiError.class)
        .call(_ -> steps.failed(caller.origin(), attempt))
        .call(() -> audit.append(right(caller, attempt.proven(Proof.CODE_AGAIN, serial))))
        .replaceWith(serial);
  }

  private static AuditEntry right(Caller caller, Attempt proven) {
    return SignIns.event(caller.origin(), proven, true).by(caller).entry();
  }
}
