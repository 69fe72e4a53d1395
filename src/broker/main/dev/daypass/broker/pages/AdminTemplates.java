package dev.daypass.broker.pages;

import dev.daypass.broker.pages.Templates.Problem;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import java.util.List;
import java.util.Optional;

/// The pages of administrators, each with what it shows.
@CheckedTemplate(basePath = "pages")
final class AdminTemplates {
  private AdminTemplates() {}

  /// Something with a page of its own.
  ///
  /// @param value what actions know it by
  /// @param query the same, as a query has it
  record Entry(String name, String value, String query) {
    static Entry of(String name, String value) {
      return new Entry(name, value, AdminVisit.encoded(value));
    }

    static Entry named(String name) {
      return of(name, name);
    }
  }

  /// A policy and what it says.
  ///
  /// @param sentences one for each statement
  record PolicyTold(String name, List<String> sentences, String document) {}

  /// The policies of a user, a group or a role.
  ///
  /// @param kind which of these, as paths have it
  /// @param offered what can be attached, or the first of it
  record Holding(
      String kind,
      String name,
      List<Entry> attached,
      List<PolicyTold> inline,
      List<Entry> offered) {}

  /// A user.
  ///
  /// @param query the name, as a query has it
  record UserShown(
      String name, String query, String arn, String since, Optional<String> lastSignIn) {}

  /// A group.
  ///
  /// @param query the name, as a query has it
  record GroupShown(String name, String query, String arn, String since) {}

  /// Something that was done in an account.
  ///
  /// @param who whoever did it, and a comma; empty where that could not be told
  record DeedShown(String name, String who, String place, String time, Optional<String> error) {}

  /// A role.
  ///
  /// @param query the name, as a query has it
  /// @param trust who can assume it
  /// @param boundary the most that it can be given
  record RoleShown(
      String name,
      String query,
      String arn,
      String since,
      Optional<String> description,
      String lasts,
      PolicyTold trust,
      Optional<Entry> boundary,
      Optional<String> lastUsed) {}

  /// A managed policy.
  ///
  /// @param query its ARN, as a query has it
  /// @param version the default one
  /// @param own whether it is the account's, to be changed
  record PolicyShown(
      String name,
      String arn,
      String query,
      Optional<String> description,
      String version,
      int uses,
      String since,
      boolean own) {}

  /// A version of a managed policy.
  record VersionShown(String id, boolean inUse, String since) {}

  /// Who has a managed policy.
  ///
  /// @param kind as paths have it
  record Attached(String kind, Entry entry) {}

  /// A policy that is being written.
  ///
  /// @param type of the policy, as [dev.daypass.policy.PolicyType] names it
  /// @param checked what there is to tell about it, once that was asked
  record Draft(String type, String label, String document, Optional<Checked> checked) {}

  /// What there is to tell about a draft.
  ///
  /// @param sentences one for each statement; none where it cannot be saved
  record Checked(String summary, List<FindingShown> findings, List<String> sentences) {}

  /// @param place where in the text
  record FindingShown(String severity, boolean error, String place, String text) {}

  /// What a new role or policy is to be called, as it was typed.
  record Typed(String name, String path, String description, String duration) {}

  /// Somebody's request for permissions.
  ///
  /// @param state as people say it
  /// @param steps what can be done with it now: the last parts of paths
  record RequestShown(
      String id,
      String about,
      String state,
      String who,
      String account,
      Optional<String> message,
      String lasts,
      String since,
      String until,
      Optional<String> owner,
      Optional<String> notes,
      Optional<String> rejection,
      List<String> steps) {}

  /// @param next where the next page begins
  static native TemplateInstance adminUsers(
      String name,
      String csrf,
      List<UserShown> users,
      Optional<String> next,
      Optional<Problem> problem);

  static native TemplateInstance adminUser(
      String name,
      String csrf,
      UserShown user,
      List<Entry> groups,
      Holding holding,
      List<String> devices,
      Optional<Problem> problem);

  static native TemplateInstance adminLink(
      String name, String csrf, String user, String link, String until);

  /// @param next where the next page begins
  static native TemplateInstance adminGroups(
      String name,
      String csrf,
      List<GroupShown> groups,
      Optional<String> next,
      Optional<Problem> problem);

  /// @param next where the next page of members begins
  static native TemplateInstance adminGroup(
      String name,
      String csrf,
      GroupShown group,
      List<Entry> members,
      Optional<String> next,
      Holding holding,
      Optional<Problem> problem);

  /// @param path what the roles' paths begin with
  /// @param next where the next page begins
  static native TemplateInstance adminRoles(
      String name,
      String csrf,
      String path,
      List<RoleShown> roles,
      Optional<String> next,
      Optional<Problem> problem);

  static native TemplateInstance adminRole(
      String name, String csrf, RoleShown role, Holding holding, Optional<Problem> problem);

  static native TemplateInstance adminNewRole(
      String name, String csrf, Typed typed, Draft draft, Optional<Problem> problem);

  static native TemplateInstance adminTrust(
      String name, String csrf, Entry role, Draft draft, Optional<Problem> problem);

  /// @param aws whether they are those that come with Daypass
  /// @param next where the next page begins
  static native TemplateInstance adminPolicies(
      String name,
      String csrf,
      boolean aws,
      List<PolicyShown> policies,
      Optional<String> next,
      Optional<Problem> problem);

  /// @param shown the version whose text is told
  static native TemplateInstance adminPolicy(
      String name,
      String csrf,
      PolicyShown policy,
      PolicyTold shown,
      List<VersionShown> versions,
      List<Attached> attached,
      Optional<Problem> problem);

  static native TemplateInstance adminNewPolicy(
      String name, String csrf, Typed typed, Draft draft, Optional<Problem> problem);

  static native TemplateInstance adminNewVersion(
      String name, String csrf, Entry policy, Draft draft, Optional<Problem> problem);

  static native TemplateInstance adminChecked(Draft draft);

  /// @param next where the next page begins
  static native TemplateInstance adminRequests(
      String name,
      String csrf,
      List<RequestShown> waiting,
      List<RequestShown> own,
      List<RequestShown> others,
      Optional<String> next,
      Optional<Problem> problem);

  /// @param summary what it is for, a sentence a line
  /// @param check whether who looks at it could do all of it
  static native TemplateInstance adminRequest(
      String name,
      String csrf,
      RequestShown request,
      List<String> summary,
      String check,
      Optional<Problem> problem);

  static native TemplateInstance adminActivity(
      String name,
      String csrf,
      String user,
      String event,
      List<DeedShown> events,
      Optional<Problem> problem);
}
