package dev.daypass.broker.saml;

import static dev.daypass.wire.ErrorCode.IDP_REJECTED_CLAIM;
import static dev.daypass.wire.ErrorCode.INVALID_IDENTITY_TOKEN;

import dev.daypass.policy.Context;
import dev.daypass.wire.ConstraintViolation;
import dev.daypass.wire.iam.Tag;
import dev.daypass.wire.iam.TagKey;
import dev.daypass.wire.iam.TagValue;
import dev.daypass.wire.sts.RoleSessionName;
import dev.daypass.wire.sts.SourceIdentity;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What the attributes of an assertion mean.
///
/// @see <a
///   href="https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_create_saml_assertions.html">Configure
///   SAML assertions for the authentication response</a>
final class Attributes {
  private static final String AWS = "https://aws.amazon.com/SAML/Attributes/";
  private static final String TAG = AWS + "PrincipalTag:";
  private static final String EDU_PERSON = "urn:oid:1.3.6.1.4.1.5923.1.1.1.";
  private static final String EDU_ORG = "urn:oid:1.3.6.1.4.1.5923.1.2.1.";
  private static final int MOST_TAGS = 50;

  /// The attributes that AWS makes condition keys of, those of several values first.
  private static final Map<String, String> SEVERAL =
      Map.ofEntries(
          Map.entry(EDU_PERSON + "1", "saml:edupersonaffiliation"),
          Map.entry(EDU_PERSON + "2", "saml:edupersonnickname"),
          Map.entry(EDU_PERSON + "4", "saml:edupersonorgunitdn"),
          Map.entry(EDU_PERSON + "7", "saml:edupersonentitlement"),
          Map.entry(EDU_PERSON + "9", "saml:edupersonscopedaffiliation"),
          Map.entry(EDU_PERSON + "10", "saml:edupersontargetedid"),
          Map.entry(EDU_PERSON + "11", "saml:edupersonassurance"),
          Map.entry(EDU_ORG + "2", "saml:eduorghomepageuri"),
          Map.entry(EDU_ORG + "3", "saml:eduorgidentityauthnpolicyuri"),
          Map.entry(EDU_ORG + "4", "saml:eduorglegalname"),
          Map.entry(EDU_ORG + "5", "saml:eduorgsuperioruri"),
          Map.entry(EDU_ORG + "6", "saml:eduorgwhitepagesuri"),
          Map.entry("urn:oid:2.5.4.3", "saml:cn"));

  private static final Map<String, String> SINGLE =
      Map.ofEntries(
          Map.entry(EDU_PERSON + "3", "saml:edupersonorgdn"),
          Map.entry(EDU_PERSON + "5", "saml:edupersonprimaryaffiliation"),
          Map.entry(EDU_PERSON + "6", "saml:edupersonprincipalname"),
          Map.entry(EDU_PERSON + "8", "saml:edupersonprimaryorgunitdn"),
          Map.entry("urn:oid:2.5.4.41", "saml:name"),
          Map.entry("urn:oid:2.5.4.4", "saml:surname"),
          Map.entry("urn:oid:2.5.4.42", "saml:givenName"),
          Map.entry("urn:oid:2.5.4.45", "saml:x500UniqueIdentifier"),
          Map.entry("urn:oid:0.9.2342.19200300.100.1.1", "saml:uid"),
          Map.entry("urn:oid:0.9.2342.19200300.100.1.3", "saml:mail"),
          Map.entry("urn:oid:0.9.2342.19200300.100.1.45", "saml:organizationStatus"),
          Map.entry(
              "http://schemas.microsoft.com/ws/2008/06/identity/claims/primarygroupsid",
              "saml:primaryGroupSID"));

  private final Assertion assertion;

  Attributes(Assertion assertion) {
    this.assertion = assertion;
  }

  /// Whether the provider says that its subject may have this role by way of this provider: the two
  /// ARNs, in either order.
  boolean offers(String role, String provider) {
    return assertion.attributes().getOrDefault(AWS + "Role", List.of()).stream()
        .map(value -> List.of(value.strip().split("\\s*,\\s*")))
        .anyMatch(pair -> pair.size() == 2 && Set.copyOf(pair).equals(Set.of(role, provider)));
  }

  RoleSessionName sessionName() {
    String name =
        assertion
            .one(AWS + "RoleSessionName")
            .orElseThrow(
                () -> INVALID_IDENTITY_TOKEN.error("RoleSessionName is required in AuthnResponse"));
    try {
      return new RoleSessionName(name);
    } catch (ConstraintViolation _) {
      throw INVALID_IDENTITY_TOKEN.error(
          "RoleSessionName in AuthnResponse must match [a-zA-Z_0-9+=,.@-]{2,64}");
    }
  }

  Optional<String> sourceIdentity() {
    try {
      return assertion
          .one(AWS + "SourceIdentity")
          .map(SourceIdentity::new)
          .map(SourceIdentity::value);
    } catch (ConstraintViolation _) {
      throw rejected("SourceIdentity");
    }
  }

  List<Tag> tags() {
    List<Tag> tags = new ArrayList<>();
    assertion
        .attributes()
        .forEach(
            (name, values) -> {
              if (name.startsWith(TAG)) {
                tags.add(tag(name.substring(TAG.length()), values));
              }
            });
    if (tags.size() > MOST_TAGS) {
      throw rejected("PrincipalTag");
    }
    return tags;
  }

  private static Tag tag(String key, List<String> values) {
    try {
      if (values.size() == 1) {
        return new Tag(new TagKey(key), new TagValue(values.getFirst()));
      }
    } catch (ConstraintViolation _) {
      throw rejected("PrincipalTag");
    }
    throw rejected("PrincipalTag");
  }

  List<TagKey> transitiveTagKeys() {
    try {
      return assertion.attributes().getOrDefault(AWS + "TransitiveTagKeys", List.of()).stream()
          .map(TagKey::new)
          .toList();
    } catch (ConstraintViolation _) {
      throw rejected("TransitiveTagKeys");
    }
  }

  /// The condition keys of the call that brings the assertion.
  Context context() {
    Context.Builder context = Context.builder();
    SEVERAL.forEach(
        (name, key) -> {
          List<String> values = assertion.attributes().getOrDefault(name, List.of());
          if (!values.isEmpty()) {
            context.putAll(key, values);
          }
        });
    SINGLE.forEach((name, key) -> assertion.one(name).ifPresent(value -> context.put(key, value)));
    return context.build();
  }

  private static RuntimeException rejected(String attribute) {
    return IDP_REJECTED_CLAIM.error(
        "The attribute %s%s is not as it should be".formatted(AWS, attribute));
  }
}
