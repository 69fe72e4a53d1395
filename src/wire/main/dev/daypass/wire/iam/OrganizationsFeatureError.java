package dev.daypass.wire.iam;

import dev.daypass.wire.ApiError;
import dev.daypass.wire.WireError;

/// Why central root access cannot be had.
public enum OrganizationsFeatureError implements WireError {
  ACCOUNT_NOT_MANAGEMENT(
      "AccountNotManagementOrDelegatedAdministratorException",
      "The request was rejected because the account making the request is not the management account"
          + " or delegated administrator account for centralized root access."),
  CALLER_IS_NOT_MANAGEMENT(
      "CallerIsNotManagementAccountException",
      "The request was rejected because the account making the request is not the management account"
          + " for the organization."),
  ORGANIZATION_NOT_FOUND(
      "OrganizationNotFoundException",
      "The request was rejected because no organization is associated with your account.");

  private static final int SENDER = 400;

  private final String wireName;
  private final String sentence;

  OrganizationsFeatureError(String wireName, String sentence) {
    this.wireName = wireName;
    this.sentence = sentence;
  }

  /// The refusal in the error's own words, to be thrown.
  public ApiError error() {
    return error(sentence);
  }

  @Override
  public String wireName() {
    return wireName;
  }

  @Override
  public int status() {
    return SENDER;
  }

  @Override
  public String jsonName() {
    return wireName;
  }
}
