package dev.daypass.broker.calls;

import dev.daypass.broker.accounts.AccountActions;
import dev.daypass.broker.credentialreports.CredentialReportActions;
import dev.daypass.broker.lastaccessed.GrantActions;
import dev.daypass.broker.lastaccessed.LastAccessedActions;
import dev.daypass.wire.iam.LastAccessedMessages.GenerateServiceLastAccessedDetails;
import dev.daypass.wire.iam.LastAccessedMessages.GetServiceLastAccessedDetails;
import dev.daypass.wire.iam.LastAccessedMessages.GetServiceLastAccessedDetailsWithEntities;
import dev.daypass.wire.iam.LastAccessedMessages.ListPoliciesGrantingServiceAccess;
import dev.daypass.wire.iam.ReportMessages.GenerateCredentialReport;
import dev.daypass.wire.iam.ReportMessages.GetCredentialReport;
import jakarta.inject.Singleton;
import java.util.List;

/// The actions of IAM for auditors.
@Singleton
final class ReportCatalogue implements CatalogueSection {
  private final CredentialReportActions reports;
  private final AccountActions accounts;
  private final LastAccessedActions lastAccessed;
  private final GrantActions grants;

  ReportCatalogue(
      CredentialReportActions reports,
      AccountActions accounts,
      LastAccessedActions lastAccessed,
      GrantActions grants) {
    this.reports = reports;
    this.accounts = accounts;
    this.lastAccessed = lastAccessed;
    this.grants = grants;
  }

  @Override
  public List<Action<?, ?>> actions() {
    return List.of(
        Action.write(
            GenerateCredentialReport.class, (c, _) -> accounts.account(c), reports::generate),
        Action.read(GetCredentialReport.class, (c, _) -> accounts.account(c), reports::get),
        Action.write(
            GenerateServiceLastAccessedDetails.class,
            (c, r) -> lastAccessed.target(c, r.arn()),
            lastAccessed::generate),
        Action.read(
            GetServiceLastAccessedDetails.class,
            (c, _) -> lastAccessed.report(c),
            lastAccessed::get),
        Action.read(
            GetServiceLastAccessedDetailsWithEntities.class,
            (c, _) -> lastAccessed.report(c),
            lastAccessed::getWithEntities),
        Action.read(
            ListPoliciesGrantingServiceAccess.class,
            (c, r) -> lastAccessed.target(c, r.arn()),
            grants::list));
  }
}
