package dev.daypass.broker.pages;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import java.util.List;
import java.util.Optional;

/// The pages, each with what it shows.
@CheckedTemplate(basePath = "pages")
final class Templates {
  private Templates() {}

  /// What went wrong, for the person to mend.
  ///
  /// @param field the id of the field it is about; absent for none
  record Problem(String text, Optional<String> field) {}

  /// A way to go on.
  record Link(String href, String text) {}

  /// A role, or oneself.
  ///
  /// @param value its ARN; empty for oneself
  /// @param lasts how long its sessions last
  /// @param needsMfa whether it cannot be had without a second factor of now
  record Choice(String value, String name, String about, String lasts, boolean needsMfa) {}

  /// What a person is told beside a page.
  ///
  /// @param until the newest of it, by which it is dismissed
  /// @param next the page, to which they come back
  record NoticesShown(List<String> texts, String csrf, String until, String next) {}

  /// A hidden field.
  record Field(String name, String value) {}

  /// A device.
  ///
  /// @param since when it was enrolled
  record DeviceShown(String serialNumber, String name, String kind, String since) {}

  /// Who wants to act in a person's name.
  ///
  /// @param name what it calls itself
  /// @param everything whether it wants all that the person can do, rather than roles
  /// @param agent the program, where it is not on this computer
  /// @param time since when it asks, the same
  record Asker(
      String name,
      boolean everything,
      String place,
      Optional<String> agent,
      Optional<String> time) {}

  /// @param action where the answer goes
  /// @param field the name of what is asked, in that form
  /// @param until when it would end
  static native TemplateInstance consent(
      String name,
      String csrf,
      String action,
      String field,
      String value,
      Asker asker,
      String until);

  static native TemplateInstance device(String name, String csrf, Optional<Problem> problem);

  /// A session of one's own.
  ///
  /// @param place where it was asked from, and with what
  /// @param here whether it is the sign-in of this browser
  record SessionShown(
      String id,
      String name,
      String place,
      String since,
      String until,
      boolean mfa,
      boolean here) {}

  /// An access key of one's own.
  ///
  /// @param since when it was made
  record KeyShown(String id, boolean active, String since) {}

  /// Something that was done in one's name.
  ///
  /// @param error why it was refused, where it was
  record EventShown(String name, String place, String time, Optional<String> error) {}

  static native TemplateInstance password(String name, String csrf, Optional<Problem> problem);

  /// @param more whether there are others
  static native TemplateInstance ownSessions(
      String name,
      String csrf,
      List<SessionShown> sessions,
      boolean more,
      Optional<Problem> problem);

  static native TemplateInstance ownKeys(
      String name, String csrf, List<KeyShown> keys, Optional<Problem> problem);

  static native TemplateInstance newKey(String name, String csrf, String id, String secret);

  static native TemplateInstance activity(String name, String csrf, List<EventShown> events);

  /// @param recoveryCodes how many are left
  static native TemplateInstance security(
      String name,
      String csrf,
      List<DeviceShown> devices,
      long recoveryCodes,
      Optional<Problem> problem);

  static native TemplateInstance recoveryCodes(String name, String csrf, List<String> codes);

  /// @param seal what makes the seed one of ours
  /// @param typed the seed, to be typed
  /// @param qrCode a PNG in Base64
  static native TemplateInstance authenticator(
      String name,
      String csrf,
      String seed,
      String seal,
      String typed,
      String qrCode,
      Optional<Problem> problem);

  /// @param token of the link
  /// @param typed the seed, to be typed
  /// @param qrCode a PNG in Base64
  static native TemplateInstance enrol(
      String account,
      String name,
      String token,
      String seed,
      String typed,
      String qrCode,
      Optional<Problem> problem);

  /// @param passkey WebAuthn's options in JSON
  static native TemplateInstance newPasskey(
      String name, String csrf, String transaction, String passkey);

  /// @param upstreams other ways to sign in
  static native TemplateInstance signIn(
      String account, String name, String next, List<Link> upstreams, Optional<Problem> problem);

  /// @param passkey WebAuthn's options in JSON, where a passkey will do
  static native TemplateInstance secondFactor(
      String transaction,
      List<String> devices,
      Optional<String> passkey,
      String next,
      Optional<Problem> problem);

  static native TemplateInstance passkey(
      String transaction, String passkey, String next, Optional<Problem> problem);

  static native TemplateInstance newPassword(
      String transaction, String next, Optional<Problem> problem);

  /// @param stepUp where a second factor opens more of the roles
  /// @param search what they were searched for; absent where there are few
  /// @param administrator whether the account's users are theirs to look after
  static native TemplateInstance home(
      String name,
      String arn,
      String account,
      boolean mfa,
      String csrf,
      List<Choice> roles,
      Optional<String> search,
      Optional<String> stepUp,
      boolean administrator);

  /// @param place where the credentials go
  /// @param search what the choices were searched for; absent where there are few
  /// @param fields what a search keeps of the request
  /// @param stepUp where a second factor opens more of the choices
  static native TemplateInstance authorize(
      String name,
      String account,
      String place,
      String query,
      String csrf,
      List<Choice> choices,
      Optional<String> search,
      List<Field> fields,
      String until,
      Optional<String> stepUp,
      Optional<Problem> problem);

  static native TemplateInstance confirmation(String code);

  static native TemplateInstance message(String title, String text, Optional<Link> link);
}
