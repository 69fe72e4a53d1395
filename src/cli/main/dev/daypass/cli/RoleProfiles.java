package dev.daypass.cli;

import dev.daypass.client.aws.ProfileText;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Profiles of a broker's roles in `~/.aws/config`. Those that `daypass` made have a mark, and only
/// these are ever changed or removed; of them, what somebody else has added stays.
final class RoleProfiles {
  /// What a broker calls the section with its addresses.
  static final String SERVICES = "services daypass";

  private static final String PROFILE = "profile ";
  private static final String MARK = "daypass_managed";
  private static final String PROCESS = "credential_process";
  private static final String COMMAND = "daypass credential-process --role ";

  private final ProfileText before;
  private final String services;
  private ProfileText text;
  private final Map<String, Change> changes = new LinkedHashMap<>();

  /// What becomes of a profile.
  enum Change {
    ADDED,
    CHANGED,
    UNCHANGED,
    REMOVED,
    /// It is somebody else's.
    CONFLICT
  }

  /// @param endpoints what the broker says about itself, with its `[services daypass]`
  RoleProfiles(ProfileText before, ProfileText endpoints, URI broker) {
    this.before = before;
    List<String> lines = endpoints.lines(SERVICES);
    this.services = services(before, lines, broker);
    this.text =
        before.lines("services " + services).equals(lines)
            ? before
            : before.with("services " + services, lines);
  }

  /// Another broker may have the usual name.
  private static String services(ProfileText before, List<String> lines, URI broker) {
    List<String> there = endpoints(before.lines(SERVICES));
    return there.isEmpty() || endpoints(lines).containsAll(there)
        ? "daypass"
        : "daypass-" + broker.getHost();
  }

  private static List<String> endpoints(List<String> lines) {
    return lines.stream()
        .map(String::strip)
        .filter(line -> line.startsWith("endpoint_url"))
        .toList();
  }

  /// Gives a role a profile, in place of one that this made.
  ///
  /// @param force also in place of one that somebody else made
  void put(String name, String roleArn, boolean force) {
    String section = section(name);
    List<String> now = text.lines(section);
    if (text.has(section) && !managed(text, section) && !force) {
      changes.put(name, Change.CONFLICT);
      return;
    }
    List<String> wanted =
        managed(text, section)
            ? withRole(now, roleArn)
            : profile(roleArn, text.value(section, "region"));
    if (wanted.equals(now)) {
      changes.put(name, Change.UNCHANGED);
      return;
    }
    changes.put(name, text.has(section) ? Change.CHANGED : Change.ADDED);
    text = text.with(section, wanted);
  }

  private List<String> profile(String roleArn, Optional<String> region) {
    return List.of(
        PROCESS + " = " + COMMAND + roleArn,
        "region = " + region.orElse("us-east-1"),
        "services = " + services,
        MARK + " = true");
  }

  private static List<String> withRole(List<String> lines, String roleArn) {
    List<String> changed = new ArrayList<>(List.of(PROCESS + " = " + COMMAND + roleArn));
    lines.stream().filter(line -> !line.strip().startsWith(PROCESS)).forEach(changed::add);
    return changed;
  }

  /// Removes the profiles of this broker's that are for other roles than these.
  void prune(List<String> roleArns) {
    for (String section : before.sections()) {
      if (ours(section) && roleArns.stream().noneMatch(role -> isFor(section, role))) {
        changes.put(section.substring(PROFILE.length()), Change.REMOVED);
        text = text.without(section);
      }
    }
  }

  private boolean ours(String section) {
    return section.startsWith(PROFILE)
        && managed(before, section)
        && before.value(section, "services").equals(Optional.of(services));
  }

  private boolean isFor(String section, String roleArn) {
    return before.value(section, PROCESS).equals(Optional.of(COMMAND + roleArn));
  }

  private static boolean managed(ProfileText text, String section) {
    return text.value(section, MARK).equals(Optional.of("true"));
  }

  static String section(String name) {
    return name.equals("default") ? name : PROFILE + name;
  }

  /// What became of each, by name.
  Map<String, Change> changes() {
    return changes;
  }

  ProfileText text() {
    return text;
  }

  /// The sections that this is about, for somebody to paste.
  String shown() {
    ProfileText shown = ProfileText.parse("");
    shown = shown.with("services " + services, text.lines("services " + services));
    for (var change : changes.entrySet()) {
      if (change.getValue() != Change.REMOVED && change.getValue() != Change.CONFLICT) {
        shown = shown.with(section(change.getKey()), text.lines(section(change.getKey())));
      }
    }
    return shown.text();
  }
}
