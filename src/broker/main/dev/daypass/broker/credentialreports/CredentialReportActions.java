package dev.daypass.broker.credentialreports;

import static dev.daypass.wire.ErrorCode.REPORT_EXPIRED;
import static dev.daypass.wire.ErrorCode.REPORT_NOT_PRESENT;

import dev.daypass.broker.access.Caller;
import dev.daypass.broker.accounts.PostgresAccounts;
import dev.daypass.broker.database.Database;
import dev.daypass.broker.database.Page;
import dev.daypass.broker.keys.AccessKey;
import dev.daypass.broker.keys.PostgresAccessKeys;
import dev.daypass.broker.logins.LoginProfile;
import dev.daypass.broker.logins.PasswordRules;
import dev.daypass.broker.logins.PostgresLoginProfiles;
import dev.daypass.broker.mfa.Codes;
import dev.daypass.broker.users.PostgresUsers;
import dev.daypass.broker.users.User;
import dev.daypass.broker.uses.Uses;
import dev.daypass.wire.Blob;
import dev.daypass.wire.iam.ReportMessages.GenerateCredentialReport;
import dev.daypass.wire.iam.ReportMessages.GetCredentialReport;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What callers can do about the credential report.
@Singleton
public final class CredentialReportActions {
  /// AWS makes another report only when the last is this old, and shows none that is older.
  private static final Duration FRESH = Duration.ofHours(4);

  private static final int USERS_AT_ONCE = 500;

  private final Database database;
  private final PostgresAccounts accounts;
  private final PostgresUsers users;
  private final PostgresLoginProfiles profiles;
  private final PasswordRules passwordRules;
  private final Codes codes;
  private final PostgresAccessKeys keys;
  private final Uses uses;

  CredentialReportActions(
      Database database,
      PostgresAccounts accounts,
      PostgresUsers users,
      PostgresLoginProfiles profiles,
      PasswordRules passwordRules,
      Codes codes,
      PostgresAccessKeys keys,
      Uses uses) {
    this.database = database;
    this.accounts = accounts;
    this.users = users;
    this.profiles = profiles;
    this.passwordRules = passwordRules;
    this.codes = codes;
    this.keys = keys;
    this.uses = uses;
  }

  /// The report is there when this has answered.
  public Uni<GenerateCredentialReport.Result> generate(
      Caller caller, GenerateCredentialReport request) {
    Instant now = caller.origin().time();
    return find(caller.account())
        .chain(
            last ->
                last.filter(report -> fresh(report, now)).isPresent()
                    ? Uni.createFrom().voidItem()
                    : write(caller.account(), now))
        .replaceWith(new GenerateCredentialReport.Result("COMPLETE", "The report is complete."));
  }

  private static boolean fresh(CredentialReportRow report, Instant now) {
    return report.generatedAt.plus(FRESH).isAfter(now);
  }

  private Uni<Optional<CredentialReportRow>> find(String account) {
    return database.find(
        CredentialReportRow.class,
        "from CredentialReportRow where accountId = :account",
        Map.of("account", account));
  }

  private Uni<Void> write(String account, Instant now) {
    return accounts
        .createdAt(account)
        .chain(
            created ->
                passwordRules
                    .longestAge(account)
                    .chain(
                        age -> {
                          StringBuilder text = new StringBuilder(ReportLine.HEADER).append('\n');
                          text.append(ReportLine.ofRoot(account, created)).append('\n');
                          return lines(account, "", age, text);
                        }))
        .chain(text -> database.put(CredentialReportRow.of(account, now, bytes(text))));
  }

  private static byte[] bytes(StringBuilder text) {
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  private Uni<StringBuilder> lines(
      String account, String after, Optional<Duration> age, StringBuilder text) {
    return users
        .page(account, "", new Page.Wanted(after, USERS_AT_ONCE))
        .call(page -> lines(page.items(), age, text))
        .chain(
            page ->
                page.isTruncated()
                    ? lines(account, last(page.items()), age, text)
                    : Uni.createFrom().item(text));
  }

  private static String last(List<User> users) {
    return users.getLast().name().toLowerCase(Locale.ROOT);
  }

  private Uni<Void> lines(List<User> page, Optional<Duration> age, StringBuilder text) {
    List<String> ids = page.stream().map(User::id).toList();
    return profiles
        .of(ids)
        .chain(
            passwords ->
                codes
                    .protectedUsers(ids)
                    .chain(
                        withMfa ->
                            keys.ofAll(ids)
                                .chain(
                                    owned ->
                                        usesOf(owned)
                                            .invoke(
                                                used ->
                                                    append(
                                                        page,
                                                        new Found(passwords, withMfa, owned, used),
                                                        age,
                                                        text)))))
        .replaceWithVoid();
  }

  private Uni<Map<String, Uses.Use>> usesOf(Map<String, List<AccessKey>> owned) {
    return uses.of(owned.values().stream().flatMap(List::stream).map(AccessKey::id).toList());
  }

  private record Found(
      Map<String, LoginProfile> passwords,
      Set<String> withMfa,
      Map<String, List<AccessKey>> keys,
      Map<String, Uses.Use> uses) {}

  private static void append(
      List<User> page, Found found, Optional<Duration> age, StringBuilder text) {
    for (User user : page) {
      var has =
          new ReportLine.Has(
              Optional.ofNullable(found.passwords().get(user.id())),
              age,
              found.withMfa().contains(user.id()),
              found.keys().getOrDefault(user.id(), List.of()),
              found.uses());
      text.append(ReportLine.of(user, has)).append('\n');
    }
  }

  public Uni<GetCredentialReport.Result> get(Caller caller, GetCredentialReport request) {
    return find(caller.account())
        .map(
            found ->
                found.orElseThrow(
                    () -> REPORT_NOT_PRESENT.error("No report has been generated yet.")))
        .invoke(report -> refuseOld(report, caller.origin().time()))
        .map(
            report ->
                new GetCredentialReport.Result(
                    Blob.of(report.content), "text/csv", report.generatedAt));
  }

  private static void refuseOld(CredentialReportRow report, Instant now) {
    if (!fresh(report, now)) {
      throw REPORT_EXPIRED.error("The report has expired. Generate another.");
    }
  }
}
