package dev.daypass.broker.livesessions;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.daypass.broker.access.Lineage;
import dev.daypass.broker.access.Lineage.Link;
import dev.daypass.broker.access.LineageClaim;
import java.text.ParseException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// A session as the trail remembers its beginning.
///
/// @param event the trail's record of it, and `time` that record's
/// @param record the whole record
record LiveSession(UUID event, Instant time, ObjectNode record) {
  private static final ObjectMapper JSON = new ObjectMapper();

  private JsonNode told() {
    return record.at("/additionalEventData/session");
  }

  String id() {
    return told().path("id").asText();
  }

  String account() {
    return told().path("accountId").asText();
  }

  String arn() {
    return told().path("arn").asText();
  }

  String principalArn() {
    return told().path("principalArn").asText();
  }

  String origin() {
    return told().path("origin").asText();
  }

  Instant issuedAt() {
    return Instant.parse(told().path("issuedAt").asText());
  }

  Instant expiresAt() {
    return Instant.parse(told().path("expiresAt").asText());
  }

  Optional<String> text(String name) {
    return Optional.ofNullable(told().get(name)).map(JsonNode::asText);
  }

  String ofRecord(String name) {
    return record.path(name).asText();
  }

  List<Link> ancestors() {
    return lineage().ancestors();
  }

  /// What it came of, and itself.
  List<Link> links() {
    Lineage lineage = lineage();
    List<Link> links = new ArrayList<>(lineage.ancestors());
    links.add(new Link(id(), told().path("principalId").asText(), issuedAt(), lineage.keys()));
    return links;
  }

  private Lineage lineage() {
    List<?> claim = JSON.convertValue(told().path("lineage"), List.class);
    List<String> keys = new ArrayList<>();
    told().path("keys").forEach(mark -> keys.add(mark.asText()));
    try {
      return LineageClaim.read(claim, keys);
    } catch (ParseException e) {
      throw new IllegalStateException("a stored lineage does not parse", e);
    }
  }
}
