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
import dev.daypass.broker.signingcertificates.PostgresSigningCertificates;
import dev.daypass.broker.signingcertificates.SigningCertificate;
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
  private final PostgresSigningCertificates certificates;

  CredentialReportActions(
      Database database,
      PostgresAccounts accounts,
      PostgresUsers users,
      PostgresLoginProfiles profiles,
      PasswordRules passwordRules,
      Codes codes,
      PostgresAccessKeys keys,
      Uses uses,
      PostgresSigningCertificates certificates) {
    this.database = database;
    this.accounts = accounts;
    this.users = users;
    this.profiles = profiles;
    this.passwordRules = passwordRules;
    this.codes = codes;
    this.keys = keys;
    this.uses = uses;
    this.certificates = certificates;
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
        .map(Found::new)
        .chain(found -> codes.protectedUsers(ids).map(found::withMfa))
        .chain(found -> keys.ofAll(ids).map(found::withKeys))
        .chain(found -> usesOf(found.keys()).map(found::withUses))
        .chain(found -> certificates.ofAll(ids).map(found::withCertificates))
        .invoke(found -> append(page, found, age, text))
        .replaceWithVoid();
  }

  private Uni<Map<String, Uses.Use>> usesOf(Map<String, List<AccessKey>> owned) {
    return uses.of(owned.values().stream().flatMap(List::stream).map(AccessKey::id).toList());
  }

  /// What has been found of some users so far.
  private record Found(
      Map<String, LoginProfile> passwords,
      Set<String> mfa,
      Map<String, List<AccessKey>> keys,
      Map<String, Uses.Use> uses,
      Map<String, List<SigningCertificate>> certificates) {
    Found(Map<String, LoginProfile> passwords) {
      this(passwords, Set.of(), Map.of(), Map.of(), Map.of());
    }

    Found withMfa(Set<String> users) {
      return new Found(passwords, users, keys, uses, certificates);
    }

    Found withKeys(Map<String, List<AccessKey>> owned) {
      return new Found(passwords, mfa, owned, uses, certificates);
    }

    Found withUses(Map<String, Uses.Use> last) {
      return new Found(passwords, mfa, keys, last, certificates);
    }

    Found withCertificates(Map<String, List<SigningCertificate>> owned) {
      return new Found(passwords, mfa, keys, uses, owned);
    }
  }

  private static void append(
      List<User> page, Found found, Optional<Duration> age, StringBuilder text) {
    for (User user : page) {
      var has =
          new ReportLine.Has(
              Optional.ofNullable(found.passwords().get(user.id())),
              age,
              found.mfa().contains(user.id()),
              found.keys().getOrDefault(user.id(), List.of()),
              found.uses(),
              found.certificates().getOrDefault(user.id(), List.of()));
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
