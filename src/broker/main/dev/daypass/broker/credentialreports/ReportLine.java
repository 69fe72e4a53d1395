package dev.daypass.broker.credentialreports;

import dev.daypass.broker.keys.AccessKey;
import dev.daypass.broker.logins.LoginProfile;
import dev.daypass.broker.signingcertificates.SigningCertificate;
import dev.daypass.broker.users.User;
import dev.daypass.broker.uses.Uses;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A line of the report, in AWS's columns and AWS's words for what there is not.
///
/// @see <a
///   href="https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_getting-report.html">Credential
///   reports</a>
final class ReportLine {
  static final String HEADER =
      "user,arn,user_creation_time,password_enabled,password_last_used,password_last_changed,"
          + "password_next_rotation,mfa_active,"
          + "access_key_1_active,access_key_1_last_rotated,access_key_1_last_used_date,"
          + "access_key_1_last_used_region,access_key_1_last_used_service,"
          + "access_key_2_active,access_key_2_last_rotated,access_key_2_last_used_date,"
          + "access_key_2_last_used_region,access_key_2_last_used_service,"
          + "cert_1_active,cert_1_last_rotated,cert_2_active,cert_2_last_rotated";

  private static final String NONE = "N/A";
  private static final String UNKNOWN = "no_information";
  private static final String NOT_SUPPORTED = "not_supported";
  private static final int KEYS = 2;
  private static final int CERTIFICATES = 2;
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss'+00:00'").withZone(ZoneOffset.UTC);

  private ReportLine() {}

  /// What a user has.
  ///
  /// @param keys oldest first
  /// @param uses by the keys' ids
  /// @param certificates oldest first
  /// @param passwordAge how long the account lets a password last
  record Has(
      Optional<LoginProfile> password,
      Optional<Duration> passwordAge,
      boolean mfa,
      List<AccessKey> keys,
      Map<String, Uses.Use> uses,
      List<SigningCertificate> certificates) {
    static final Has NOTHING =
        new Has(Optional.empty(), Optional.empty(), false, List.of(), Map.of(), List.of());
  }

  static String of(User user, Has has) {
    List<String> cells =
        new ArrayList<>(List.of(quoted(user.name()), quoted(user.arn()), date(user.createdAt())));
    cells.add(Boolean.toString(has.password().isPresent()));
    cells.add(
        has.password()
            .map(_ -> user.passwordLastUsed().map(ReportLine::date).orElse(UNKNOWN))
            .orElse(NONE));
    cells.add(has.password().map(password -> date(password.changedAt())).orElse(NONE));
    cells.add(
        has.password()
            .flatMap(password -> has.passwordAge().map(age -> date(password.changedAt().plus(age))))
            .orElse(NONE));
    cells.add(Boolean.toString(has.mfa()));
    for (int i = 0; i < KEYS; i++) {
      key(i < has.keys().size() ? Optional.of(has.keys().get(i)) : Optional.empty(), has, cells);
    }
    certificates(has, cells);
    return String.join(",", cells);
  }

  private static void key(Optional<AccessKey> key, Has has, List<String> cells) {
    Optional<Uses.Use> use = key.flatMap(is -> Optional.ofNullable(has.uses().get(is.id())));
    cells.add(Boolean.toString(key.filter(AccessKey::active).isPresent()));
    cells.add(key.map(is -> date(is.createdAt())).orElse(NONE));
    cells.add(use.map(is -> date(is.at())).orElse(NONE));
    cells.add(use.map(Uses.Use::region).orElse(NONE));
    cells.add(use.map(Uses.Use::service).orElse(NONE));
  }

  /// AWS: when a certificate was last changed is when it was uploaded.
  private static void certificates(Has has, List<String> cells) {
    for (int i = 0; i < CERTIFICATES; i++) {
      Optional<SigningCertificate> certificate = has.certificates().stream().skip(i).findFirst();
      cells.add(Boolean.toString(certificate.filter(SigningCertificate::active).isPresent()));
      cells.add(certificate.map(is -> date(is.uploadedAt())).orElse(NONE));
    }
  }

  /// The account's root, which has no credentials here.
  static String ofRoot(String account, Instant createdAt) {
    List<String> cells =
        new ArrayList<>(
            List.of(
                "<root_account>",
                "arn:aws:iam::" + account + ":root",
                date(createdAt),
                NOT_SUPPORTED,
                NONE,
                NOT_SUPPORTED,
                NOT_SUPPORTED,
                "false"));
    for (int i = 0; i < KEYS; i++) {
      key(Optional.empty(), Has.NOTHING, cells);
    }
    certificates(Has.NOTHING, cells);
    return String.join(",", cells);
  }

  private static String date(Instant at) {
    return DATE.format(at);
  }

  /// RFC 4180: names may have commas. They have no quotes and no line breaks.
  private static String quoted(String cell) {
    return cell.indexOf(',') < 0 ? cell : '"' + cell + '"';
  }
}
