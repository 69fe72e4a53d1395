package dev.daypass.broker.guards;

import static dev.daypass.wire.ErrorCode.VALIDATION_ERROR;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.daypass.wire.sigv4.RelayedClaim;
import dev.daypass.wire.sigv4.Scope;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// What a guard asks: whether a signature that it was shown is right, and the key to see for itself
/// from then on. Whoever was shown nothing is lent nothing.
public record SigningKeyRequest(GuardedService service, RelayedClaim claim) {
  private static final Set<String> MEMBERS =
      Set.of(
          "accessKeyId",
          "sessionToken",
          "signedAt",
          "region",
          "service",
          "requestHash",
          "signature");

  private static final Pattern KEY_ID = Pattern.compile("\\w{16,128}");
  private static final Pattern TOKEN = Pattern.compile("[\\x21-\\x7e]{1,16384}");
  private static final Pattern TIME = Pattern.compile("\\d{8}T\\d{6}Z");
  private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");
  private static final Pattern ANY = Pattern.compile(".{1,64}");

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  /// Reads the body; fails with `ValidationError` for any that is not exactly this.
  public static SigningKeyRequest read(byte[] body) {
    JsonNode read = parse(body);
    if (!(read instanceof ObjectNode object)) {
      throw VALIDATION_ERROR.error("the body is no JSON object");
    }
    object
        .fieldNames()
        .forEachRemaining(
            name -> {
              if (!MEMBERS.contains(name)) {
                throw VALIDATION_ERROR.error("a member is not known");
              }
            });
    String signedAt = text(object, "signedAt", TIME);
    GuardedService service =
        new GuardedService(text(object, "service", ANY), text(object, "region", ANY));
    return new SigningKeyRequest(
        service,
        new RelayedClaim(
            text(object, "accessKeyId", KEY_ID),
            object.has("sessionToken")
                ? Optional.of(text(object, "sessionToken", TOKEN))
                : Optional.empty(),
            signedAt,
            new Scope(
                signedAt.substring(0, signedAt.indexOf('T')), service.region(), service.name()),
            text(object, "requestHash", HASH),
            text(object, "signature", HASH)));
  }

  private static JsonNode parse(byte[] body) {
    try {
      return JSON.readTree(body);
    } catch (JsonProcessingException e) {
      throw VALIDATION_ERROR.error("the body is no JSON: " + e.getOriginalMessage());
    } catch (IOException _) {
      throw VALIDATION_ERROR.error("the body is no JSON");
    }
  }

  private static String text(ObjectNode object, String name, Pattern pattern) {
    JsonNode value = object.get(name);
    if (value == null || !value.isTextual() || !pattern.matcher(value.textValue()).matches()) {
      throw VALIDATION_ERROR.error("`%s` is missing or malformed".formatted(name));
    }
    return value.textValue();
  }

  /// What the audit trail shows of it.
  public ObjectNode shown() {
    return JsonNodeFactory.instance
        .objectNode()
        .put("accessKeyId", claim.accessKeyId())
        .put("date", claim.scope().date())
        .put("region", service.region())
        .put("service", service.name());
  }
}
