package dev.daypass.wire.iam;

import dev.daypass.wire.Nothing;
import dev.daypass.wire.Request;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What travels between a client and IAM about an account as a whole.
public final class AccountMessages {
  private AccountMessages() {}

  public record CreateAccountAlias(AccountAlias accountAlias) implements Request<Nothing> {}

  public record DeleteAccountAlias(AccountAlias accountAlias) implements Request<Nothing> {}

  public record ListAccountAliases(Optional<Marker> marker, Optional<MaxItems> maxItems)
      implements Request<ListAccountAliases.Result> {
    public record Result(
        List<String> accountAliases, boolean isTruncated, Optional<String> marker) {}
  }

  public record GetAccountSummary() implements Request<GetAccountSummary.Result> {
    public record Result(Map<String, String> summaryMap) {}
  }

  public record SetSecurityTokenServicePreferences(
      GlobalEndpointTokenVersion globalEndpointTokenVersion) implements Request<Nothing> {}

  public record GetAccountPasswordPolicy() implements Request<GetAccountPasswordPolicy.Result> {
    public record Result(PasswordPolicy passwordPolicy) {}
  }

  /// What is not said becomes the default again.
  public record UpdateAccountPasswordPolicy(
      Optional<MinimumPasswordLength> minimumPasswordLength,
      Optional<Boolean> requireSymbols,
      Optional<Boolean> requireNumbers,
      Optional<Boolean> requireUppercaseCharacters,
      Optional<Boolean> requireLowercaseCharacters,
      Optional<Boolean> allowUsersToChangePassword,
      Optional<MaxPasswordAge> maxPasswordAge,
      Optional<PasswordReusePrevention> passwordReusePrevention,
      Optional<Boolean> hardExpiry)
      implements Request<Nothing> {}

  public record DeleteAccountPasswordPolicy() implements Request<Nothing> {}

  public record PasswordPolicy(
      int minimumPasswordLength,
      boolean requireSymbols,
      boolean requireNumbers,
      boolean requireUppercaseCharacters,
      boolean requireLowercaseCharacters,
      boolean allowUsersToChangePassword,
      boolean expirePasswords,
      Optional<Integer> maxPasswordAge,
      Optional<Integer> passwordReusePrevention,
      boolean hardExpiry) {}
}
