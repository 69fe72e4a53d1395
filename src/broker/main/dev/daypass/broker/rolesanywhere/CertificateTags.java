package dev.daypass.broker.rolesanywhere;

import static dev.daypass.wire.ErrorCode.ACCESS_DENIED;

import dev.daypass.wire.ConstraintViolation;
import dev.daypass.wire.iam.Tag;
import dev.daypass.wire.iam.TagKey;
import dev.daypass.wire.iam.TagValue;
import dev.daypass.wire.rolesanywhere.CertificateField;
import dev.daypass.wire.sts.SourceIdentity;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.security.auth.x500.X500Principal;

/// What a certificate says of its owner, as the tags of a session: `x509Subject/CN`,
/// `x509Issuer/OU`, `x509SAN/DNS`, `x509SAN/Name/CN`.
final class CertificateTags {
  private static final String NAME = "Name/";
  private static final int MOST = 50;

  // RFC 5280 §4.2.1.6: the choices of GeneralName.
  private static final int DNS = 2;
  private static final int DIRECTORY_NAME = 4;
  private static final int URI = 6;

  private CertificateTags() {}

  /// The tags that these rules give; `AccessDenied` where one cannot be a tag, since a policy could
  /// look for it in vain.
  static List<Tag> of(X509Certificate certificate, List<Mapping> mappings) {
    List<Tag> tags = new ArrayList<>();
    for (CertificateField field : CertificateField.values()) {
      attributes(certificate, field)
          .forEach(
              (name, value) -> {
                if (mappings.stream().anyMatch(mapping -> isMapped(mapping, field, name))) {
                  tags.add(tag(field + "/" + name, value));
                }
              });
    }
    if (tags.size() > MOST) {
      throw denied("The certificate has more than %d attributes.".formatted(MOST));
    }
    return tags;
  }

  private static boolean isMapped(Mapping mapping, CertificateField field, String name) {
    if (mapping.field() != field) {
      return false;
    }
    String specifier = mapping.specifier();
    if (field == CertificateField.SAN) {
      return specifier.equals(name)
          || (specifier.equals(NAME + Mapping.ALL) && name.startsWith(NAME));
    }
    return specifier.equals(Mapping.ALL) || specifier.equals(name);
  }

  private static Map<String, String> attributes(
      X509Certificate certificate, CertificateField field) {
    return switch (field) {
      case SUBJECT -> Names.attributes(certificate.getSubjectX500Principal());
      case ISSUER -> Names.attributes(certificate.getIssuerX500Principal());
      case SAN -> alternatives(certificate);
    };
  }

  /// Of the alternative names, the first of each kind.
  private static Map<String, String> alternatives(X509Certificate certificate) {
    Map<String, String> all = new LinkedHashMap<>();
    for (List<?> name : names(certificate)) {
      switch ((Integer) name.get(0)) {
        case DNS -> all.putIfAbsent("DNS", name.get(1).toString());
        case URI -> all.putIfAbsent("URI", name.get(1).toString());
        case DIRECTORY_NAME -> {
          if (all.keySet().stream().noneMatch(known -> known.startsWith(NAME))) {
            Names.attributes(new X500Principal(name.get(1).toString()))
                .forEach((attribute, value) -> all.put(NAME + attribute, value));
          }
        }
        default -> {}
      }
    }
    return all;
  }

  private static Collection<List<?>> names(X509Certificate certificate) {
    try {
      Collection<List<?>> names = certificate.getSubjectAlternativeNames();
      return names == null ? List.of() : names;
    } catch (CertificateParsingException _) {
      throw denied("The alternative names of the certificate cannot be read.");
    }
  }

  private static Tag tag(String key, String value) {
    try {
      return new Tag(new TagKey(key), new TagValue(value));
    } catch (ConstraintViolation _) {
      throw denied(
          "%s of the certificate cannot be a session tag. Map other attributes in the profile."
              .formatted(key));
    }
  }

  /// `CN=` and the common name, where there is one and it can be a source identity.
  static Optional<String> sourceIdentity(X509Certificate certificate) {
    try {
      return Optional.ofNullable(Names.attributes(certificate.getSubjectX500Principal()).get("CN"))
          .map(name -> new SourceIdentity("CN=" + name))
          .map(SourceIdentity::value);
    } catch (ConstraintViolation _) {
      return Optional.empty();
    }
  }

  private static RuntimeException denied(String why) {
    return ACCESS_DENIED.error(why);
  }
}
