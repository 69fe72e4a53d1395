package dev.daypass.broker.webidentity;

import static dev.daypass.wire.ErrorCode.IDP_REJECTED_CLAIM;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.daypass.broker.access.OidcFederation;
import dev.daypass.broker.access.WebIdentity;
import dev.daypass.policy.Context;
import dev.daypass.wire.ConstraintViolation;
import dev.daypass.wire.iam.Tag;
import dev.daypass.wire.iam.TagKey;
import dev.daypass.wire.iam.TagValue;
import dev.daypass.wire.sts.SourceIdentity;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What the claims of a proven token become: condition keys, session tags, a source identity.
///
/// @see <a
///   href="https://docs.aws.amazon.com/IAM/latest/UserGuide/id_session-tags.html#id_session-tags_adding-assume-role-idp">Session
///   tags with AssumeRoleWithWebIdentity</a>
final class Claims {
  private static final String TAGS = "https://aws.amazon.com/tags";
  private static final String PRINCIPAL_TAGS = "principal_tags";
  private static final String TRANSITIVE = "transitive_tag_keys";
  private static final String SOURCE_IDENTITY = "https://aws.amazon.com/source_identity";
  private static final int MOST_TAGS = 50;

  private Claims() {}

  /// @param further the claims that become condition keys beside those that always do
  static WebIdentity identity(
      JWTClaimsSet claims, OidcFederation federation, List<String> further) {
    Map<String, Object> all = claims.getClaims();
    return new WebIdentity(
        federation,
        context(all, federation, further),
        tags(all),
        transitiveKeys(all),
        sourceIdentity(all));
  }

  /// How the person was authenticated.
  static List<String> methods(JWTClaimsSet claims) {
    return texts(claims.getClaim("amr"));
  }

  private static Context context(
      Map<String, Object> claims, OidcFederation federation, List<String> further) {
    Context.Builder context = Context.builder();
    List<String> names = new ArrayList<>(further);
    names.add("azp");
    for (String name : names) {
      Object value = find(claims, name);
      String key = federation.issuer() + ":" + name;
      if (value instanceof Collection<?> several) {
        context.putAll(key, texts(several));
      } else if (scalar(value)) {
        context.put(key, String.valueOf(value));
      }
    }
    // Last, so that no other claim takes the place of what a session keeps.
    return context.build().with(federation.context());
  }

  /// A claim, or a claim within a claim whose names are joined by slashes.
  private static @Nullable Object find(Map<?, ?> claims, String name) {
    if (claims.containsKey(name)) {
      return claims.get(name);
    }
    for (int slash = name.indexOf('/'); slash > 0; slash = name.indexOf('/', slash + 1)) {
      if (claims.get(name.substring(0, slash)) instanceof Map<?, ?> within) {
        return find(within, name.substring(slash + 1));
      }
    }
    return null;
  }

  private static boolean scalar(@Nullable Object value) {
    return value instanceof String || value instanceof Number || value instanceof Boolean;
  }

  private static List<String> texts(@Nullable Object value) {
    return value instanceof Collection<?> several
        ? several.stream().filter(Claims::scalar).map(String::valueOf).toList()
        : scalar(value) ? List.of(String.valueOf(value)) : List.of();
  }

  /// Tags come as an object of lists of one, or flattened: one claim a tag.
  private static List<Tag> tags(Map<String, Object> claims) {
    List<Tag> tags = new ArrayList<>();
    if (claims.get(TAGS) instanceof Map<?, ?> all
        && all.get(PRINCIPAL_TAGS) instanceof Map<?, ?> given) {
      given.forEach((key, value) -> tags.add(tag(String.valueOf(key), value)));
    }
    String flat = TAGS + "/" + PRINCIPAL_TAGS + "/";
    claims.forEach(
        (name, value) -> {
          if (name.startsWith(flat)) {
            tags.add(tag(name.substring(flat.length()), value));
          }
        });
    if (tags.size() > MOST_TAGS) {
      throw rejected(TAGS);
    }
    return tags;
  }

  private static Tag tag(String key, @Nullable Object value) {
    List<String> values = texts(value);
    try {
      if (values.size() == 1) {
        return new Tag(new TagKey(key), new TagValue(values.getFirst()));
      }
    } catch (ConstraintViolation _) {
      throw rejected(TAGS);
    }
    throw rejected(TAGS);
  }

  private static List<TagKey> transitiveKeys(Map<String, Object> claims) {
    Object nested = claims.get(TAGS) instanceof Map<?, ?> all ? all.get(TRANSITIVE) : null;
    List<String> keys = new ArrayList<>(texts(nested));
    keys.addAll(texts(claims.get(TAGS + "/" + TRANSITIVE)));
    try {
      return keys.stream().map(TagKey::new).toList();
    } catch (ConstraintViolation _) {
      throw rejected(TAGS);
    }
  }

  private static Optional<String> sourceIdentity(Map<String, Object> claims) {
    Object value = claims.get(SOURCE_IDENTITY);
    if (value == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(new SourceIdentity(String.valueOf(value)).value());
    } catch (ConstraintViolation _) {
      throw rejected(SOURCE_IDENTITY);
    }
  }

  private static RuntimeException rejected(String claim) {
    return IDP_REJECTED_CLAIM.error("The claim %s is not as it should be".formatted(claim));
  }
}
