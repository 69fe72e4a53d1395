package dev.daypass.broker.documents;

import static dev.daypass.wire.ErrorCode.MALFORMED_POLICY_DOCUMENT;

import dev.daypass.broker.database.Database;
import dev.daypass.policy.Policy;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// Who a trust policy means: the unique ids behind the users and roles it names. Saved with the
/// policy, so that whoever is made again under a trusted name is not trusted.
@Singleton
public final class TrustPrincipals {
  private final Database database;

  TrustPrincipals(Database database) {
    this.database = database;
  }

  /// The unique id of each ARN; `MalformedPolicyDocument` where one names nobody.
  public Uni<Map<String, String>> resolve(Policy trust) {
    Uni<Map<String, String>> all = Uni.createFrom().item(Map.of());
    for (String arn : trust.principalArns()) {
      all = all.chain(sofar -> resolve(arn).map(id -> with(sofar, arn, id)));
    }
    return all;
  }

  private Uni<String> resolve(String arn) {
    String[] fields = arn.split(":", 6);
    String[] resource = fields[5].split("/", 2);
    int slash = resource[1].lastIndexOf('/');
    String path = "/" + resource[1].substring(0, slash + 1);
    String name = resource[1].substring(slash + 1);
    return database
        .find(
            String.class,
            "select id from %s where accountId = :account and lower(name) = :name and path = :path"
                .formatted(resource[0].equals("role") ? "RoleRow" : "UserRow"),
            Map.of("account", fields[4], "name", name.toLowerCase(Locale.ROOT), "path", path))
        .map(
            found ->
                found.orElseThrow(
                    () ->
                        MALFORMED_POLICY_DOCUMENT.error(
                            "Invalid principal in policy: \"AWS\":\"%s\"".formatted(arn))));
  }

  private static Map<String, String> with(Map<String, String> sofar, String arn, String id) {
    Map<String, String> all = new TreeMap<>(sofar);
    all.put(arn, id);
    return all;
  }
}
