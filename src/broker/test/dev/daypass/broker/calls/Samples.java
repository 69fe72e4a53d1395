package dev.daypass.broker.calls;

import dev.daypass.wire.Blob;
import dev.daypass.wire.Http;
import dev.daypass.wire.InQuery;
import dev.daypass.wire.Secret;
import dev.daypass.wire.codec.Naming;
import dev.daypass.wire.codec.Shapes;
import dev.daypass.wire.json.JsonReader;
import dev.daypass.wire.query.Form;
import dev.daypass.wire.query.QueryReader;
import io.vertx.core.json.JsonObject;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The least that a call of an action must say, made up from what its request declares: a value
/// that its type accepts for every member that is required, one member for every list. What it
/// names is never there.
final class Samples {
  private static final String ABSENT = "arn:aws:iam::111122223333:role/absent";

  private static final String ROLES_ANYWHERE = "arn:aws:rolesanywhere:eu-west-1:111122223333:";
  private static final String ABSENT_ID = "00000000-0000-0000-0000-000000000000";

  /// One of these is right for every type of text; the first that a type accepts is taken.
  private static final List<String> TEXTS =
      List.of(
          "absent",
          "123456",
          "/absent/",
          "v1",
          "AKIAIOSFODNN7EXAMPLE",
          "9e99a48a9960b14926bb7f3b02e22da2b0ab7280",
          "https://absent.example.com",
          ABSENT,
          "{}",
          ABSENT_ID,
          "absent@example.com",
          "444455556666",
          "r-abcd",
          "ou-abcd-00000000",
          "p-00000000",
          "car-00000000",
          "absent:Absent",
          "x".repeat(1000));

  private static final List<Integer> NUMBERS = List.of(1, 8, 900, 3600);

  private Samples() {}

  /// A call as it is sent.
  ///
  /// @param path with the query
  record Sample(String method, String path, Map<String, String> headers, String body) {}

  /// A call of an action; fails, saying which member, where no value of ours is right.
  static Sample of(Action<?, ?> action) {
    return switch (action.service().protocol()) {
      case QUERY ->
          new Sample(
              "POST",
              "/",
              Map.of("Content-Type", "application/x-www-form-urlencoded"),
              form(action));
      case JSON ->
          new Sample(
              "POST",
              "/",
              Map.of(
                  "Content-Type",
                  "application/x-amz-json-1.1",
                  JsonProtocol.TARGET,
                  action.service().target().orElseThrow() + "." + action.name()),
              json(action));
      case REST_JSON -> rest(action);
    };
  }

  private static Sample rest(Action<?, ?> action) {
    Http http = action.type().getAnnotation(Http.class);
    Map<String, Object> body = structure(action.type(), Naming.LOWER_CAMEL);
    String path = http.path();
    StringBuilder query = new StringBuilder();
    for (RecordComponent component : action.type().getRecordComponents()) {
      String name = Naming.LOWER_CAMEL.of(component);
      if (http.path().contains("{" + name + "}")) {
        path = path.replace("{" + name + "}", body.remove(name).toString());
      } else if (component.isAnnotationPresent(InQuery.class) && body.containsKey(name)) {
        Object value = body.remove(name);
        Object one = value instanceof List<?> several ? several.getFirst() : value;
        query
            .append(query.isEmpty() ? '?' : '&')
            .append(name)
            .append('=')
            .append(encoded("" + one));
      }
    }
    return new Sample(
        http.method(),
        path + query,
        Map.of("Content-Type", "application/json"),
        body.isEmpty() ? "" : new JsonObject(body).encode());
  }

  private static String json(Action<?, ?> action) {
    String body = new JsonObject(structure(action.type(), Naming.UPPER_CAMEL)).encode();
    JsonReader.read(
        action.type(),
        body.getBytes(StandardCharsets.UTF_8),
        Naming.UPPER_CAMEL,
        action.service().invalid());
    return body;
  }

  private static String form(Action<?, ?> action) {
    StringBuilder form =
        new StringBuilder(
            "Action=%s&Version=%s".formatted(action.name(), action.service().version()));
    parameters(structure(action.type(), Naming.UPPER_CAMEL), "")
        .forEach((name, value) -> form.append('&').append(name).append('=').append(encoded(value)));
    QueryReader.read(action.type(), Form.parse(form.toString()));
    return form.toString();
  }

  private static String encoded(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8);
  }

  /// A tree of text, lists and maps as one level of names.
  private static Map<String, String> parameters(Object value, String name) {
    Map<String, String> all = new LinkedHashMap<>();
    switch (value) {
      case Map<?, ?> members ->
          members.forEach(
              (member, within) ->
                  all.putAll(
                      parameters(within, name.isEmpty() ? "" + member : name + "." + member)));
      case List<?> items -> items.forEach(item -> all.putAll(parameters(item, name + ".member.1")));
      default -> all.put(name, value.toString());
    }
    return all;
  }

  private static Map<String, Object> structure(Class<?> type, Naming naming) {
    Map<String, Object> members = new LinkedHashMap<>();
    for (RecordComponent component : type.getRecordComponents()) {
      if (component.getType() != Optional.class && component.getType() != Map.class) {
        String name = Naming.UPPER_CAMEL.of(component);
        members.put(
            naming.of(component),
            value(component.getGenericType(), type.getSimpleName() + "." + name, naming));
      }
    }
    return members;
  }

  private static Object value(Type declared, String member, Naming naming) {
    if (declared instanceof ParameterizedType list) {
      return List.of(value(list.getActualTypeArguments()[0], member, naming));
    }
    Class<?> type = (Class<?>) declared;
    if (type.isEnum()) {
      return type.getEnumConstants()[0].toString();
    }
    if (Shapes.isValueType(type)) {
      Class<?> within = type.getRecordComponents()[0].getType();
      return candidates(within, member).stream()
          .filter(candidate -> accepts(type, within, candidate))
          .findFirst()
          .orElseThrow(() -> unknown(type, member));
    }
    return type.isRecord()
        ? structure(type, naming)
        : candidates(type, member).stream()
            .findFirst()
            .map(chosen -> chosen instanceof Blob bytes ? bytes.toString() : chosen)
            .orElseThrow(() -> unknown(type, member));
  }

  private static List<?> candidates(Class<?> type, String member) {
    return switch (type.getSimpleName()) {
      case "String", "Secret" -> texts(member);
      case "int", "Integer" -> NUMBERS;
      case "boolean", "Boolean" -> List.of(true);
      case "Instant" -> List.of(Instant.EPOCH);
      case "Blob" -> List.of(Blob.of(new byte[] {1}));
      default -> List.of();
    };
  }

  /// Some types accept more than their actions do.
  private static List<String> texts(String member) {
    List<String> texts = new ArrayList<>(TEXTS);
    texts.addFirst(
        switch (member.substring(member.indexOf('.') + 1)) {
          case "AWSServiceName" -> "ecs.amazonaws.com";
          case "DeletionTaskId" ->
              "task/aws-service-role/ecs.amazonaws.com/AWSServiceRoleForECS/absent";
          case "ProfileArn" -> ROLES_ANYWHERE + "profile/" + ABSENT_ID;
          case "TrustAnchorArn", "ResourceArn" -> ROLES_ANYWHERE + "trust-anchor/" + ABSENT_ID;
          case "EntityArn" ->
              "arn:aws:iam::111122223333:delegation-request/dr-00000000000000000000";
          case "TargetPrincipal" -> "444455556666";
          case "arn" -> "arn:aws:iam::aws:policy/root-task/IAMAuditRootUserCredentials";
          case String name when name.matches(".*(Arns?|ARNs?|Boundary|SerialNumber)") -> ABSENT;
          case String name when name.endsWith("Url") -> "https://absent.example.com";
          default -> TEXTS.getFirst();
        });
    return texts;
  }

  private static boolean accepts(Class<?> type, Class<?> within, Object candidate) {
    try {
      Constructor<?> constructor = type.getDeclaredConstructor(within);
      constructor.setAccessible(true);
      constructor.newInstance(within == Secret.class ? Secret.of(candidate.toString()) : candidate);
      return true;
    } catch (InvocationTargetException _) {
      return false;
    } catch (ReflectiveOperationException e) {
      throw new AssertionError("cannot try " + type, e);
    }
  }

  private static AssertionError unknown(Class<?> type, String member) {
    return new AssertionError(
        "%s is a %s, for which no sample is right: add one to Samples".formatted(member, type));
  }
}
