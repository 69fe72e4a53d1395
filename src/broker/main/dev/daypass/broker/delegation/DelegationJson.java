package dev.daypass.broker.delegation;

import dev.daypass.broker.access.Federation;
import dev.daypass.broker.access.Lineage;
import dev.daypass.broker.access.Session;
import dev.daypass.wire.iam.DelegationMessages.DelegationPermission;
import dev.daypass.wire.iam.DelegationMessages.PolicyParameter;
import dev.daypass.wire.iam.PolicyArn;
import dev.daypass.wire.iam.PolicyParameterName;
import dev.daypass.wire.iam.PolicyParameterType;
import dev.daypass.wire.iam.PolicyParameterValue;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/// What a row of a request holds as JSON.
final class DelegationJson {
  private DelegationJson() {}

  private static JsonArray links(List<Lineage.Link> links) {
    JsonArray json = new JsonArray();
    for (Lineage.Link link : links) {
      json.add(
          new JsonObject()
              .put("id", link.id())
              .put("principal", link.principalId())
              .put("issuedAt", link.issuedAt().getEpochSecond())
              .put("keys", new JsonArray(link.keys())));
    }
    return json;
  }

  private static List<Lineage.Link> links(JsonArray json) {
    return objects(json)
        .map(
            link ->
                new Lineage.Link(
                    link.getString("id"),
                    link.getString("principal"),
                    Instant.ofEpochSecond(link.getLong("issuedAt")),
                    texts(link.getJsonArray("keys"))))
        .toList();
  }

  /// An object around the list: a row's JSON is one.
  static JsonObject parameters(List<PolicyParameter> parameters) {
    JsonArray json = new JsonArray();
    for (PolicyParameter parameter : parameters) {
      JsonArray values = new JsonArray();
      parameter.values().forEach(value -> values.add(value.value()));
      json.add(
          new JsonObject()
              .put("name", parameter.name().map(PolicyParameterName::value).orElseThrow())
              .put("values", values)
              .put("type", parameter.type().orElse(PolicyParameterType.STRING).toString()));
    }
    return new JsonObject().put("parameters", json);
  }

  static DelegationPermission permissions(String templateArn, String parameters) {
    return new DelegationPermission(
        Optional.of(new PolicyArn(templateArn)),
        objects(new JsonObject(parameters).getJsonArray("parameters"))
            .map(DelegationJson::parameter)
            .toList());
  }

  private static PolicyParameter parameter(JsonObject json) {
    return new PolicyParameter(
        Optional.of(new PolicyParameterName(json.getString("name"))),
        texts(json.getJsonArray("values")).stream().map(PolicyParameterValue::new).toList(),
        Arrays.stream(PolicyParameterType.values())
            .filter(type -> type.toString().equals(json.getString("type")))
            .findFirst());
  }

  static JsonObject approver(Approver approver) {
    JsonObject json =
        new JsonObject()
            .put("kind", approver.kind().name())
            .put("account", approver.account())
            .put("principalArn", approver.principalArn())
            .put("principalId", approver.principalId())
            .put("name", approver.name())
            .put("arn", approver.arn())
            .put("tags", new JsonObject(new TreeMap<String, Object>(approver.tags())))
            .put("via", links(approver.via()));
    approver.federation().ifPresent(from -> json.put("federation", new JsonObject(from.claim())));
    approver.mfaAt().ifPresent(at -> json.put("mfaAt", at.getEpochSecond()));
    approver.sourceIdentity().ifPresent(is -> json.put("sourceIdentity", is));
    return json;
  }

  static Approver approver(String text) {
    JsonObject json = new JsonObject(text);
    Map<String, String> tags = new TreeMap<>();
    json.getJsonObject("tags").forEach(tag -> tags.put(tag.getKey(), (String) tag.getValue()));
    return new Approver(
        Session.Kind.valueOf(json.getString("kind")),
        json.getString("account"),
        json.getString("principalArn"),
        json.getString("principalId"),
        json.getString("name"),
        json.getString("arn"),
        Optional.ofNullable(json.getLong("mfaAt")).map(Instant::ofEpochSecond),
        Optional.ofNullable(json.getString("sourceIdentity")),
        tags,
        Optional.ofNullable(json.getJsonObject("federation"))
            .map(from -> Federation.of(from.getMap())),
        links(json.getJsonArray("via")));
  }

  private static Stream<JsonObject> objects(JsonArray array) {
    return array.stream().map(JsonObject.class::cast);
  }

  private static List<String> texts(JsonArray array) {
    return array.stream().map(String.class::cast).toList();
  }
}
