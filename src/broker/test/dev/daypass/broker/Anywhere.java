package dev.daypass.broker;

import dev.daypass.broker.Wire.Key;
import dev.daypass.broker.Wire.Reply;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/// Roles Anywhere as an administrator sets it up.
final class Anywhere {
  static final String SERVICE = "rolesanywhere.amazonaws.com";

  private final Wire wire;

  Anywhere(Wire wire) {
    this.wire = wire;
  }

  Reply call(Key key, String method, String path, JsonObject body) {
    return wire.send(
        wire.signed(
            key,
            "rolesanywhere",
            method,
            path,
            body.isEmpty() ? "" : body.encode(),
            Map.of("Content-Type", "application/json")));
  }

  Reply call(String method, String path, JsonObject body) {
    return call(Key.ADMIN, method, path, body);
  }

  Reply call(String method, String path) {
    return call(method, path, new JsonObject());
  }

  JsonObject done(Reply reply, String member) {
    return new JsonObject(People.ok(reply).body()).getJsonObject(member);
  }

  static JsonObject bundle(String certificates) {
    return new JsonObject()
        .put("sourceType", "CERTIFICATE_BUNDLE")
        .put("sourceData", new JsonObject().put("x509CertificateData", certificates));
  }

  JsonObject trustAnchor(TestAuthority.Certificate... certificates) {
    StringBuilder bundle = new StringBuilder();
    for (TestAuthority.Certificate certificate : certificates) {
      bundle.append(certificate.pem());
    }
    return done(
        call(
            "POST",
            "/trustanchors",
            new JsonObject()
                .put("name", "anchor")
                .put("enabled", true)
                .put("source", bundle(bundle.toString()))),
        "trustAnchor");
  }

  JsonObject profile(JsonObject more, String... roles) {
    return done(
        call(
            "POST",
            "/profiles",
            new JsonObject()
                .put("name", "profile")
                .put("enabled", true)
                .put("roleArns", new JsonArray(List.of(roles)))
                .mergeIn(more)),
        "profile");
  }

  Reply importCrl(String trustAnchorArn, byte[] data) {
    return call(
        "POST",
        "/crls",
        new JsonObject()
            .put("name", "list")
            .put("enabled", true)
            .put("trustAnchorArn", trustAnchorArn)
            .put("crlData", Base64.getEncoder().encodeToString(data)));
  }

  /// A trust policy for certificates of a trust anchor.
  static String trusting(String trustAnchorArn, String conditions) {
    return """
    {"Effect": "Allow", "Principal": {"Service": "%s"},
     "Action": ["sts:AssumeRole", "sts:TagSession", "sts:SetSourceIdentity"],
     "Condition": {"ArnEquals": {"aws:SourceArn": "%s"}%s}}
    """
        .formatted(SERVICE, trustAnchorArn, conditions);
  }
}
