package dev.daypass.broker.access;

import dev.daypass.broker.access.Lineage.Link;
import java.text.ParseException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A [Lineage] as a claim: a list of links, each of them the list of its id, its principal, its
/// time and the marks of its keys.
public final class LineageClaim {
  private static final int BEFORE_KEYS = 3;

  private LineageClaim() {}

  /// The claim.
  public static List<List<Object>> of(Lineage lineage) {
    return lineage.ancestors().stream().map(LineageClaim::of).toList();
  }

  private static List<Object> of(Link link) {
    List<Object> claim =
        new ArrayList<>(List.of(link.id(), link.principalId(), link.issuedAt().getEpochSecond()));
    claim.addAll(link.keys());
    return claim;
  }

  /// @param keys the marks of the broker's keys that vouch for the session itself
  /// @throws ParseException where the claim is missing or is not what it should be
  public static Lineage read(@Nullable List<?> claim, List<String> keys) throws ParseException {
    if (claim == null) {
      throw wrong();
    }
    List<Link> links = new ArrayList<>();
    for (Object link : claim) {
      links.add(link(link));
    }
    return new Lineage(links, keys);
  }

  private static Link link(Object claim) throws ParseException {
    if (claim instanceof List<?> parts
        && parts.size() >= BEFORE_KEYS
        && parts.get(0) instanceof String id
        && parts.get(1) instanceof String principal
        && parts.get(2) instanceof Number at) {
      List<String> keys = parts.stream().skip(BEFORE_KEYS).map(String.class::cast).toList();
      return new Link(id, principal, Instant.ofEpochSecond(at.longValue()), keys);
    }
    throw wrong();
  }

  private static ParseException wrong() {
    return new ParseException("a session without its lineage", 0);
  }
}
