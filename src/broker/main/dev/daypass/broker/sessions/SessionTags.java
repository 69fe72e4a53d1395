package dev.daypass.broker.sessions;

import static dev.daypass.wire.ErrorCode.INVALID_PARAMETER_VALUE;

import dev.daypass.broker.access.Caller;
import dev.daypass.broker.access.Session;
import dev.daypass.broker.access.WebIdentity;
import dev.daypass.policy.Context;
import dev.daypass.wire.iam.Tag;
import dev.daypass.wire.iam.TagKey;
import dev.daypass.wire.sts.AssumeRole;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// The tags of a session: those that are asked for, and those that come down from the calling
/// session because they are transitive.
///
/// @param requested what the request asks for
/// @param inherited what comes down, which nothing may replace
/// @param transitive the keys that will go on to the sessions after this one
record SessionTags(
    Map<String, String> requested, Map<String, String> inherited, Set<String> transitive) {
  static final SessionTags NONE = new SessionTags(Map.of(), Map.of(), Set.of());

  /// What only AWS itself gives.
  private static final String RESERVED = "aws:";

  /// What it takes to tag a session, beside the action that begins it.
  static final String TAG_SESSION = "sts:TagSession";

  SessionTags {
    requested = Map.copyOf(requested);
    inherited = Map.copyOf(inherited);
    transitive = Set.copyOf(transitive);
  }

  /// Fails with `InvalidParameterValue`, in AWS's words, where keys collide.
  static SessionTags of(Caller caller, AssumeRole request) {
    return of(request.tags(), request.transitiveTagKeys(), inherited(caller));
  }

  /// The tags that a user gives a session for somebody else; fails in the same way.
  static SessionTags of(List<Tag> tags) {
    return of(tags, List.of(), Map.of());
  }

  /// The tags that a token gives; fails in the same way.
  static SessionTags of(WebIdentity identity) {
    return of(identity.tags(), identity.transitiveTagKeys(), Map.of());
  }

  private static SessionTags of(
      List<Tag> tags, List<TagKey> transitiveKeys, Map<String, String> inherited) {
    Map<String, String> requested = requested(tags, inherited);
    Set<String> transitive = new HashSet<>(inherited.keySet());
    for (TagKey key : transitiveKeys) {
      if (!contains(requested.keySet(), key.value())) {
        throw INVALID_PARAMETER_VALUE.error(
            "The specified transitive tag key must be included in the requested tags.");
      }
      transitive.add(key.value());
    }
    return new SessionTags(requested, inherited, transitive);
  }

  private static Map<String, String> inherited(Caller caller) {
    Map<String, String> inherited = new HashMap<>();
    caller
        .session()
        .filter(session -> session.kind() == Session.Kind.ROLE)
        .ifPresent(
            session ->
                session.tags().entrySet().stream()
                    .filter(tag -> contains(session.transitiveTagKeys(), tag.getKey()))
                    .forEach(tag -> inherited.put(tag.getKey(), tag.getValue())));
    return inherited;
  }

  private static Map<String, String> requested(List<Tag> tags, Map<String, String> inherited) {
    Map<String, String> requested = new HashMap<>();
    for (Tag tag : tags) {
      String key = tag.key().value();
      if (key.regionMatches(true, 0, RESERVED, 0, RESERVED.length())) {
        throw INVALID_PARAMETER_VALUE.error("Tag keys must not begin with aws:");
      }
      if (contains(requested.keySet(), key)) {
        throw INVALID_PARAMETER_VALUE.error(
            "Duplicate tag keys found. Please note that Tag keys are case insensitive.");
      }
      if (contains(inherited.keySet(), key)) {
        throw INVALID_PARAMETER_VALUE.error(
            "One of the specified transitive tag keys can't be set because it conflicts with a"
                + " transitive tag key from the calling session.");
      }
      requested.put(key, tag.value().value());
    }
    return requested;
  }

  private static boolean contains(Set<String> keys, String key) {
    return keys.stream().anyMatch(key::equalsIgnoreCase);
  }

  /// Whether the session is tagged at all, which its trust policy must allow.
  boolean any() {
    return !requested.isEmpty() || !inherited.isEmpty();
  }

  /// The condition keys about what the request asks for.
  Context context() {
    Context.Builder context = Context.builder();
    if (!requested.isEmpty()) {
      requested.forEach((key, value) -> context.put("aws:RequestTag/" + key, value));
      context.putAll("aws:TagKeys", requested.keySet());
    }
    if (!transitive.isEmpty()) {
      context.putAll("sts:TransitiveTagKeys", transitive);
    }
    return context.build();
  }

  Map<String, String> all() {
    Map<String, String> all = new HashMap<>(inherited);
    all.putAll(requested);
    return all;
  }

  /// The role's tags with the session's laid over them, keys compared without regard to case.
  static Map<String, String> over(Map<String, String> ofRole, Map<String, String> ofSession) {
    Map<String, String> merged = new HashMap<>();
    Set<String> taken = new HashSet<>();
    ofSession.forEach(
        (key, value) -> {
          merged.put(key, value);
          taken.add(key.toLowerCase(Locale.ROOT));
        });
    ofRole.forEach(
        (key, value) -> {
          if (!taken.contains(key.toLowerCase(Locale.ROOT))) {
            merged.put(key, value);
          }
        });
    return merged;
  }
}
