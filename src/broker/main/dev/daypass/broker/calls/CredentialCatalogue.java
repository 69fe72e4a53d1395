package dev.daypass.broker.calls;

import dev.daypass.broker.accounts.AccountActions;
import dev.daypass.broker.keys.AccessKeyActions;
import dev.daypass.broker.logins.LoginProfileActions;
import dev.daypass.broker.logins.PasswordPolicyActions;
import dev.daypass.broker.mfa.DeviceActions;
import dev.daypass.broker.mfa.VirtualDeviceActions;
import dev.daypass.broker.tags.PostgresTags;
import dev.daypass.broker.users.UserActions;
import dev.daypass.wire.iam.AccountMessages.DeleteAccountPasswordPolicy;
import dev.daypass.wire.iam.AccountMessages.GetAccountPasswordPolicy;
import dev.daypass.wire.iam.AccountMessages.UpdateAccountPasswordPolicy;
import dev.daypass.wire.iam.CredentialMessages.ChangePassword;
import dev.daypass.wire.iam.CredentialMessages.CreateAccessKey;
import dev.daypass.wire.iam.CredentialMessages.CreateLoginProfile;
import dev.daypass.wire.iam.CredentialMessages.DeleteAccessKey;
import dev.daypass.wire.iam.CredentialMessages.DeleteLoginProfile;
import dev.daypass.wire.iam.CredentialMessages.GetAccessKeyLastUsed;
import dev.daypass.wire.iam.CredentialMessages.GetLoginProfile;
import dev.daypass.wire.iam.CredentialMessages.ListAccessKeys;
import dev.daypass.wire.iam.CredentialMessages.UpdateAccessKey;
import dev.daypass.wire.iam.CredentialMessages.UpdateLoginProfile;
import dev.daypass.wire.iam.DeviceMessages.CreateVirtualMFADevice;
import dev.daypass.wire.iam.DeviceMessages.DeactivateMFADevice;
import dev.daypass.wire.iam.DeviceMessages.DeleteVirtualMFADevice;
import dev.daypass.wire.iam.DeviceMessages.EnableMFADevice;
import dev.daypass.wire.iam.DeviceMessages.GetMFADevice;
import dev.daypass.wire.iam.DeviceMessages.ListMFADeviceTags;
import dev.daypass.wire.iam.DeviceMessages.ListMFADevices;
import dev.daypass.wire.iam.DeviceMessages.ListVirtualMFADevices;
import dev.daypass.wire.iam.DeviceMessages.ResyncMFADevice;
import dev.daypass.wire.iam.DeviceMessages.TagMFADevice;
import dev.daypass.wire.iam.DeviceMessages.UntagMFADevice;
import jakarta.inject.Singleton;
import java.util.List;

/// The actions of IAM on what users prove themselves with: access keys, passwords, MFA devices.
@Singleton
final class CredentialCatalogue implements CatalogueSection {
  private final UserActions users;
  private final AccessKeyActions keys;
  private final LoginProfileActions logins;
  private final DeviceActions devices;
  private final VirtualDeviceActions virtualDevices;
  private final PasswordPolicyActions passwords;
  private final AccountActions accounts;

  CredentialCatalogue(
      UserActions users,
      AccessKeyActions keys,
      LoginProfileActions logins,
      DeviceActions devices,
      VirtualDeviceActions virtualDevices,
      PasswordPolicyActions passwords,
      AccountActions accounts) {
    this.users = users;
    this.keys = keys;
    this.logins = logins;
    this.devices = devices;
    this.virtualDevices = virtualDevices;
    this.passwords = passwords;
    this.accounts = accounts;
  }

  @Override
  public List<Action<?, ?>> actions() {
    return List.of(
        Action.read(ListAccessKeys.class, (c, r) -> users.target(c, r.userName()), keys::list),
        Action.read(GetAccessKeyLastUsed.class, keys::owner, keys::lastUsed),
        Action.read(GetLoginProfile.class, (c, r) -> users.target(c, r.userName()), logins::get),
        Action.read(
            GetMFADevice.class, (c, r) -> devices.target(c, r.serialNumber()), devices::get),
        Action.read(ListMFADevices.class, (c, r) -> users.target(c, r.userName()), devices::list),
        Action.read(ListVirtualMFADevices.class, (c, r) -> devices.listed(c), virtualDevices::list),
        Action.read(
            ListMFADeviceTags.class,
            (c, r) -> devices.target(c, r.serialNumber()),
            virtualDevices::listTags),
        Action.write(
            TagMFADevice.class,
            (c, r) ->
                devices
                    .target(c, r.serialNumber())
                    .map(t -> t.with(PostgresTags.context(r.tags()))),
            virtualDevices::tag),
        Action.write(
            UntagMFADevice.class,
            (c, r) ->
                devices
                    .target(c, r.serialNumber())
                    .map(t -> t.with(PostgresTags.keysContext(r.tagKeys()))),
            virtualDevices::untag),
        Action.read(GetAccountPasswordPolicy.class, (c, r) -> accounts.account(c), passwords::get),
        Action.write(
            UpdateAccountPasswordPolicy.class, (c, r) -> accounts.account(c), passwords::update),
        Action.write(
            DeleteAccountPasswordPolicy.class, (c, r) -> accounts.account(c), passwords::delete),
        Action.write(CreateAccessKey.class, (c, r) -> users.target(c, r.userName()), keys::create),
        Action.write(UpdateAccessKey.class, (c, r) -> users.target(c, r.userName()), keys::update),
        Action.write(DeleteAccessKey.class, (c, r) -> users.target(c, r.userName()), keys::delete),
        Action.write(
            CreateLoginProfile.class, (c, r) -> users.target(c, r.userName()), logins::create),
        Action.write(
            UpdateLoginProfile.class,
            (c, r) -> users.target(c, r.userName().value()),
            logins::update),
        Action.write(
            DeleteLoginProfile.class, (c, r) -> users.target(c, r.userName()), logins::delete),
        Action.write(
            ChangePassword.class,
            (c, r) -> users.target(c, LoginProfileActions.self(c).name()),
            logins::change),
        Action.write(CreateVirtualMFADevice.class, devices::created, devices::create),
        Action.write(
            EnableMFADevice.class,
            (c, r) -> users.target(c, r.userName().value()),
            devices::enable),
        Action.write(
            ResyncMFADevice.class,
            (c, r) -> users.target(c, r.userName().value()),
            devices::resync),
        Action.write(
            DeactivateMFADevice.class,
            (c, r) -> users.target(c, r.userName()),
            devices::deactivate),
        Action.write(
            DeleteVirtualMFADevice.class,
            (c, r) -> devices.target(c, r.serialNumber()),
            devices::delete));
  }
}
