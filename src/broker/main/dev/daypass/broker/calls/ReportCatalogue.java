package dev.daypass.broker.calls;

import dev.daypass.broker.accounts.AccountActions;
import dev.daypass.broker.credentialreports.CredentialReportActions;
import dev.daypass.wire.iam.ReportMessages.GenerateCredentialReport;
import dev.daypass.wire.iam.ReportMessages.GetCredentialReport;
import jakarta.inject.Singleton;
import java.util.List;

/// The actions of IAM for auditors.
@Singleton
final class ReportCatalogue implements CatalogueSection {
  private final CredentialReportActions reports;
  private final AccountActions accounts;

  ReportCatalogue(CredentialReportActions reports, AccountActions accounts) {
    this.reports = reports;
    this.accounts = accounts;
  }

  @Override
  public List<Action<?, ?>> actions() {
    return List.of(
        Action.write(
            GenerateCredentialReport.class, (c, _) -> accounts.account(c), reports::generate),
        Action.read(GetCredentialReport.class, (c, _) -> accounts.account(c), reports::get));
  }
}
