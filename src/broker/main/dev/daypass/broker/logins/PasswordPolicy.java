package dev.daypass.broker.logins;

import static dev.daypass.wire.ErrorCode.PASSWORD_POLICY_VIOLATION;

import dev.daypass.wire.Secret;
import dev.daypass.wire.iam.AccountMessages;
import dev.daypass.wire.iam.AccountMessages.UpdateAccountPasswordPolicy;
import dev.daypass.wire.iam.MaxPasswordAge;
import dev.daypass.wire.iam.MinimumPasswordLength;
import dev.daypass.wire.iam.PasswordReusePrevention;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;

/// What an account demands of its users' passwords.
///
/// @param maxAge how long a password lasts; absent where it lasts for ever
/// @param reusePrevention how many former passwords cannot be chosen again
/// @param hardExpiry whether only an administrator can help a user whose password has expired
/// @see <a
///   href="https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_passwords_account-policy.html">Set
///   an account password policy</a>
record PasswordPolicy(
    int minimumLength,
    boolean symbols,
    boolean numbers,
    boolean uppercase,
    boolean lowercase,
    boolean changeAllowed,
    Optional<Duration> maxAge,
    int reusePrevention,
    boolean hardExpiry) {
  /// Of accounts that have none of their own. NIST SP 800-63B asks for eight characters, and for no
  /// particular ones.
  static final PasswordPolicy USUAL =
      new PasswordPolicy(8, false, false, false, false, true, Optional.empty(), 0, false);

  private static final int USUAL_OWN_LENGTH = 6;
  private static final String SYMBOLS = "!@#$%^&*()_+-=[]{}|'";

  static PasswordPolicy of(UpdateAccountPasswordPolicy request) {
    return new PasswordPolicy(
        request.minimumPasswordLength().map(MinimumPasswordLength::value).orElse(USUAL_OWN_LENGTH),
        request.requireSymbols().orElse(false),
        request.requireNumbers().orElse(false),
        request.requireUppercaseCharacters().orElse(false),
        request.requireLowercaseCharacters().orElse(false),
        request.allowUsersToChangePassword().orElse(false),
        request.maxPasswordAge().map(MaxPasswordAge::value).map(Duration::ofDays),
        request.passwordReusePrevention().map(PasswordReusePrevention::value).orElse(0),
        request.hardExpiry().orElse(false));
  }

  /// Fails with `PasswordPolicyViolation`, which names all that is wanting.
  void check(Secret password) {
    String text = Passwords.normal(password);
    List<String> wanting = new ArrayList<>();
    if (text.codePointCount(0, text.length()) < minimumLength) {
      wanting.add("Password should have a minimum length of " + minimumLength);
    }
    demand(uppercase, text, Character::isUpperCase, "one uppercase letter", wanting);
    demand(lowercase, text, Character::isLowerCase, "one lowercase letter", wanting);
    demand(numbers, text, Character::isDigit, "one number", wanting);
    demand(symbols, text, c -> SYMBOLS.indexOf(c) >= 0, "one symbol", wanting);
    if (!wanting.isEmpty()) {
      throw PASSWORD_POLICY_VIOLATION.error(String.join(", ", wanting));
    }
  }

  private static void demand(
      boolean demanded, String text, IntPredicate kind, String what, List<String> wanting) {
    if (demanded && text.chars().noneMatch(kind)) {
      wanting.add("Password should have at least " + what);
    }
  }

  boolean expired(Instant changedAt, Instant now) {
    return maxAge.filter(age -> changedAt.plus(age).isBefore(now)).isPresent();
  }

  AccountMessages.PasswordPolicy onWire() {
    return new AccountMessages.PasswordPolicy(
        minimumLength,
        symbols,
        numbers,
        uppercase,
        lowercase,
        changeAllowed,
        maxAge.isPresent(),
        maxAge.map(age -> (int) age.toDays()),
        Optional.of(reusePrevention).filter(count -> count > 0),
        hardExpiry);
  }
}
