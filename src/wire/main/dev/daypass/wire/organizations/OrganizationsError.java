package dev.daypass.wire.organizations;

import dev.daypass.wire.ApiError;
import dev.daypass.wire.WireError;

/// The errors of Organizations that no other service has, with AWS's own sentences.
///
/// @see <a
///   href="https://docs.aws.amazon.com/organizations/latest/APIReference/API_Operations.html">Organizations
///   actions</a>
public enum OrganizationsError implements WireError {
  NOT_IN_USE(
      "AWSOrganizationsNotInUseException", "Your account is not a member of an organization."),
  ACCOUNT_ALREADY_CLOSED(
      "AccountAlreadyClosedException", "You attempted to close an account that is already closed."),
  ACCOUNT_NOT_FOUND(
      "AccountNotFoundException",
      "You specified an account that doesn't exist, or that isn't in your organization."),
  ALREADY_IN_ORGANIZATION(
      "AlreadyInOrganizationException", "The AWS account is already a member of an organization."),
  CHILD_NOT_FOUND("ChildNotFoundException", "You specified a child that doesn't exist."),
  CONSTRAINT_VIOLATION("ConstraintViolationException", "A limit would be exceeded."),
  CREATE_ACCOUNT_STATUS_NOT_FOUND(
      "CreateAccountStatusNotFoundException",
      "You specified a create account request that doesn't exist."),
  DESTINATION_PARENT_NOT_FOUND(
      "DestinationParentNotFoundException", "You specified a destination that doesn't exist."),
  DUPLICATE_ACCOUNT(
      "DuplicateAccountException", "That account is already present in the specified destination."),
  DUPLICATE_ORGANIZATIONAL_UNIT(
      "DuplicateOrganizationalUnitException", "An OU with the same name already exists."),
  DUPLICATE_POLICY("DuplicatePolicyException", "A policy with the same name already exists."),
  DUPLICATE_POLICY_ATTACHMENT(
      "DuplicatePolicyAttachmentException",
      "The selected policy is already attached to the specified target."),
  MASTER_CANNOT_LEAVE(
      "MasterCannotLeaveOrganizationException",
      "You can't remove a management account from an organization."),
  ORGANIZATION_NOT_EMPTY(
      "OrganizationNotEmptyException",
      "To delete an organization, you must first remove all accounts except the management"
          + " account."),
  ORGANIZATIONAL_UNIT_NOT_EMPTY(
      "OrganizationalUnitNotEmptyException",
      "The specified OU is not empty. Move all accounts to another root or to other OUs, remove all"
          + " child OUs, and try the operation again."),
  ORGANIZATIONAL_UNIT_NOT_FOUND(
      "OrganizationalUnitNotFoundException",
      "You specified an organizational unit that doesn't exist."),
  PARENT_NOT_FOUND("ParentNotFoundException", "You specified a parent that doesn't exist."),
  POLICY_IN_USE(
      "PolicyInUseException",
      "The policy is attached to one or more entities. You must detach it from all roots, OUs, and"
          + " accounts before performing this operation."),
  POLICY_NOT_ATTACHED(
      "PolicyNotAttachedException", "The policy isn't attached to the specified target."),
  POLICY_NOT_FOUND("PolicyNotFoundException", "You specified a policy that doesn't exist."),
  POLICY_TYPE_ALREADY_ENABLED(
      "PolicyTypeAlreadyEnabledException",
      "The specified policy type is already enabled in the specified root."),
  POLICY_TYPE_NOT_AVAILABLE(
      "PolicyTypeNotAvailableForOrganizationException",
      "You can't use the specified policy type with this organization."),
  POLICY_TYPE_NOT_ENABLED(
      "PolicyTypeNotEnabledException",
      "The specified policy type isn't currently enabled in this root."),
  ROOT_NOT_FOUND("RootNotFoundException", "You specified a root that doesn't exist."),
  SOURCE_PARENT_NOT_FOUND(
      "SourceParentNotFoundException", "You specified a source that doesn't exist."),
  TARGET_NOT_FOUND("TargetNotFoundException", "You specified a target that doesn't exist.");

  private static final int SENDER = 400;

  private final String wireName;
  private final String sentence;

  OrganizationsError(String wireName, String sentence) {
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
