package dev.daypass.cli;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.daypass.policy.Access;
import dev.daypass.policy.Context;
import dev.daypass.policy.Decision;
import dev.daypass.policy.Policies;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A table of requests and what should come of them, as JSON:
///
/// ```json
/// {"policies": {"identity": ["developer.json"], "boundary": "boundary.json"},
///  "principal": "arn:aws:iam::111122223333:user/alice",
///  "cases": [
///    {"name": "reads reports", "action": "s3:GetObject", "resource": "arn:aws:s3:::reports/1",
///     "context": {"aws:MultiFactorAuthPresent": "true"}, "expect": "allow"}]}
/// ```
///
/// Files are relative to the table. What it does not know it refuses.
///
/// @param policies all that has a say
record CaseTable(String name, Policies policies, List<Case> cases) {
  private static final Set<String> MEMBERS = Set.of("policies", "principal", "cases");
  private static final Set<String> POLICY_MEMBERS =
      Set.of("identity", "boundary", "session", "resource", "trust", "scp", "rcp");
  private static final Set<String> CASE_MEMBERS =
      Set.of("name", "principal", "action", "resource", "resourceAccount", "context", "expect");

  /// What a case can expect.
  enum Expected {
    ALLOW("allow"),
    DENY("deny"),
    EXPLICIT_DENY("explicit-deny"),
    IMPLICIT_DENY("implicit-deny");

    private final String written;

    Expected(String written) {
      this.written = written;
    }

    boolean met(Decision decision) {
      return switch (this) {
        case ALLOW -> decision.allowed();
        case DENY -> !decision.allowed();
        case EXPLICIT_DENY -> decision instanceof Decision.ExplicitlyDenied;
        case IMPLICIT_DENY -> decision instanceof Decision.ImplicitlyDenied;
      };
    }

    @Override
    public String toString() {
      return written;
    }
  }

  /// One request and what should come of it.
  record Case(String name, Access access, Expected expected) {}

  static CaseTable read(Path file) {
    Map<String, Object> table = members(parsed(file), MEMBERS, file.toString());
    Map<String, Object> policies =
        members(table.get("policies"), POLICY_MEMBERS, file + ": policies");
    Path folder = Optional.ofNullable(file.toAbsolutePath().getParent()).orElse(file);
    Optional<String> principal = text(table, "principal", file.toString());
    List<Case> cases = new ArrayList<>();
    for (Object each : list(table.get("cases"))) {
      cases.add(oneCase(each, principal, file + ": case " + (cases.size() + 1)));
    }
    if (cases.isEmpty()) {
      throw wrong(file + " has no cases");
    }
    return new CaseTable(file.toString(), policies(policies, folder), cases);
  }

  private static Object parsed(Path file) {
    try {
      return JSON.std.anyFrom(PolicyFiles.read(file));
    } catch (IOException e) {
      throw wrong(file + " is not JSON");
    }
  }

  private static Policies policies(Map<String, Object> written, Path folder) {
    return PolicyFiles.policies(
        files(written.get("identity"), folder),
        files(written.get("boundary"), folder),
        files(written.get("session"), folder),
        PolicyFiles.resource(
            files(written.get("resource"), folder).stream().findFirst(),
            files(written.get("trust"), folder).stream().findFirst()),
        levels(written.get("scp"), folder),
        levels(written.get("rcp"), folder));
  }

  private static List<Path> files(@Nullable Object written, Path folder) {
    return list(written).stream().map(each -> folder.resolve(string(each, "a file"))).toList();
  }

  private static List<List<Path>> levels(@Nullable Object written, Path folder) {
    return list(written).stream().map(level -> files(level, folder)).toList();
  }

  private static Case oneCase(Object written, Optional<String> usual, String where) {
    Map<String, Object> members = members(written, CASE_MEMBERS, where);
    String principal =
        text(members, "principal", where)
            .or(() -> usual)
            .orElseThrow(() -> wrong(where + " has no principal"));
    String action =
        text(members, "action", where).orElseThrow(() -> wrong(where + " has no action"));
    String resource = text(members, "resource", where).orElse("*");
    return new Case(
        text(members, "name", where).orElse(action + " on " + resource),
        new Access(
            PrincipalText.parse(principal),
            action,
            resource,
            text(members, "resourceAccount", where),
            context(members.get("context"), where)),
        expected(text(members, "expect", where).orElse(""), where));
  }

  private static Expected expected(String written, String where) {
    for (Expected expected : Expected.values()) {
      if (expected.toString().equals(written)) {
        return expected;
      }
    }
    throw wrong(where + ": expect is allow, deny, explicit-deny or implicit-deny");
  }

  private static Context context(@Nullable Object written, String where) {
    Context.Builder context = Context.builder();
    if (written != null) {
      map(written, where + ": context")
          .forEach(
              (key, value) -> {
                if (value instanceof List<?> several) {
                  context.putAll(key, several.stream().map(String::valueOf).toList());
                } else {
                  context.put(key, String.valueOf(value));
                }
              });
    }
    return context.build();
  }

  private static Map<String, Object> members(
      @Nullable Object written, Set<String> known, String where) {
    Map<String, Object> members = map(written, where);
    for (String name : members.keySet()) {
      if (!known.contains(name)) {
        throw wrong("%s: `%s` is not known".formatted(where, name));
      }
    }
    return members;
  }

  @SuppressWarnings("unchecked") // JSON objects have names for keys.
  private static Map<String, Object> map(@Nullable Object written, String where) {
    if (written instanceof Map<?, ?> map) {
      return (Map<String, Object>) map;
    }
    throw wrong(where + " must be an object");
  }

  private static List<?> list(@Nullable Object written) {
    if (written == null) {
      return List.of();
    }
    return written instanceof List<?> several ? several : List.of(written);
  }

  private static Optional<String> text(Map<String, Object> members, String name, String where) {
    Object value = members.get(name);
    return value == null ? Optional.empty() : Optional.of(string(value, where + ": " + name));
  }

  private static String string(Object value, String where) {
    if (value instanceof String text) {
      return text;
    }
    throw wrong(where + " must be a string");
  }

  private static Stop wrong(String reason) {
    return new Stop(ExitCode.USAGE, reason);
  }
}
