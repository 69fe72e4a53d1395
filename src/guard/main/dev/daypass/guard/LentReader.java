package dev.daypass.guard;

import com.nimbusds.jose.util.JSONObjectUtils;
import dev.daypass.policy.Context;
import dev.daypass.policy.MalformedPolicy;
import dev.daypass.policy.Policies;
import dev.daypass.policy.Policy;
import dev.daypass.policy.PolicySet;
import dev.daypass.policy.PolicyType;
import dev.daypass.policy.Principal;
import dev.daypass.wire.ApiError;
import dev.daypass.wire.ErrorCode;
import dev.daypass.wire.Secret;
import dev.daypass.wire.sigv4.SigningKey;
import java.text.ParseException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads what the broker says about a signature. What is not understood is not guessed: it fails
/// with [Unreadable].
final class LentReader {
  /// The broker said something else than it should.
  static final class Unreadable extends Exception {
    Unreadable(String why, @Nullable Throwable cause) {
      super(why, cause);
    }
  }

  private LentReader() {}

  /// What is lent. Throws the refusal where the signature was refused.
  static Lent read(String body) throws Unreadable {
    try {
      Map<String, Object> told = JSONObjectUtils.parse(body);
      Map<String, Object> refused = JSONObjectUtils.getJSONObject(told, "refused");
      if (refused != null) {
        throw refusal(text(refused, "code"), text(refused, "message"));
      }
      return lent(object(told, "lent"));
    } catch (ParseException
        | MalformedPolicy
        | IllegalArgumentException
        | DateTimeException
        | ClassCastException e) {
      throw new Unreadable("the broker's answer is not understood", e);
    }
  }

  private static ApiError refusal(String code, String message) throws ParseException {
    return Arrays.stream(ErrorCode.values())
        .filter(known -> known.wireName().equals(code))
        .findFirst()
        .orElseThrow(() -> new ParseException("an unknown refusal", 0))
        .error(message);
  }

  private static Lent lent(Map<String, Object> told) throws ParseException {
    return new Lent(
        SigningKey.of(Secret.of(Base64.getDecoder().decode(text(told, "signingKey")))),
        principal(object(told, "principal")),
        policies(object(told, "policies")),
        find(told, "mfaAt").map(Instant::parse),
        find(told, "sourceIdentity"),
        context(object(told, "context")),
        new HashSet<>(JSONObjectUtils.getStringList(told, "dependencies")),
        Instant.parse(text(told, "expiresAt")));
  }

  private static Principal principal(Map<String, Object> who) throws ParseException {
    String account = text(who, "account");
    Map<String, String> tags = new HashMap<>();
    object(who, "tags").forEach((key, value) -> tags.put(key, (String) value));
    return switch (text(who, "type")) {
      case "User" ->
          new Principal.User(text(who, "arn"), text(who, "id"), text(who, "name"), account, tags);
      case "AssumedRole" ->
          new Principal.AssumedRole(
              text(who, "arn"),
              text(who, "id"),
              text(who, "name"),
              text(who, "session"),
              account,
              tags,
              find(who, "provider"));
      case "FederatedUser" ->
          new Principal.FederatedUser(
              text(who, "name"), text(who, "arn"), text(who, "id"), account, tags);
      case "Account" -> new Principal.Root(account);
      default -> throw new ParseException("an unknown kind of principal", 0);
    };
  }

  private static Policies policies(Map<String, Object> told) throws ParseException {
    return new Policies(
        set(told.get("identity"), PolicyType.IDENTITY),
        layer(told, "boundary", PolicyType.PERMISSIONS_BOUNDARY),
        layer(told, "session", PolicyType.SESSION),
        Optional.empty(),
        levels(told, "serviceControl", PolicyType.SERVICE_CONTROL),
        levels(told, "resourceControl", PolicyType.RESOURCE_CONTROL));
  }

  private static Optional<PolicySet> layer(Map<String, Object> told, String name, PolicyType type)
      throws ParseException {
    return told.containsKey(name) ? Optional.of(set(told.get(name), type)) : Optional.empty();
  }

  private static List<PolicySet> levels(Map<String, Object> told, String name, PolicyType type)
      throws ParseException {
    List<PolicySet> levels = new ArrayList<>();
    for (Object level : list(told.get(name))) {
      levels.add(set(level, type));
    }
    return levels;
  }

  private static PolicySet set(@Nullable Object told, PolicyType type) throws ParseException {
    List<Policy> policies = new ArrayList<>();
    for (Object policy : list(told)) {
      Map<?, ?> fields = (Map<?, ?>) policy;
      if (fields.get("source") instanceof String source
          && fields.get("text") instanceof String text) {
        // What a managed policy is attached as decides what it does, not what it may contain.
        policies.add(Policy.parse(parsed(type), source, text).as(type));
      } else {
        throw new ParseException("a policy without its text", 0);
      }
    }
    return PolicySet.of(policies);
  }

  private static PolicyType parsed(PolicyType type) {
    return switch (type) {
      case SESSION, PERMISSIONS_BOUNDARY -> PolicyType.IDENTITY;
      default -> type;
    };
  }

  private static Context context(Map<String, Object> told) throws ParseException {
    Context.Builder context = Context.builder();
    for (Map.Entry<String, Object> key : told.entrySet()) {
      switch (key.getValue()) {
        case String single -> context.put(key.getKey(), single);
        case List<?> several ->
            context.putAll(key.getKey(), several.stream().map(String.class::cast).toList());
        default -> throw new ParseException("a condition key without values", 0);
      }
    }
    return context.build();
  }

  private static List<?> list(@Nullable Object value) throws ParseException {
    if (value instanceof List<?> list) {
      return list;
    }
    throw new ParseException("a list is missing", 0);
  }

  private static Map<String, Object> object(Map<String, Object> told, String name)
      throws ParseException {
    Map<String, Object> value = JSONObjectUtils.getJSONObject(told, name);
    if (value == null) {
      throw new ParseException("`" + name + "` is missing", 0);
    }
    return value;
  }

  private static String text(Map<String, Object> told, String name) throws ParseException {
    return find(told, name).orElseThrow(() -> new ParseException("`" + name + "` is missing", 0));
  }

  private static Optional<String> find(Map<String, Object> told, String name)
      throws ParseException {
    return Optional.ofNullable(JSONObjectUtils.getString(told, name));
  }
}
