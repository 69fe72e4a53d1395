package dev.daypass.broker.rolesanywhere;

import dev.daypass.wire.rolesanywhere.CertificateField;
import dev.daypass.wire.rolesanywhere.ProfileMessages.AttributeMapping;
import dev.daypass.wire.rolesanywhere.ProfileMessages.MappingRule;
import dev.daypass.wire.rolesanywhere.Specifier;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// A rule of which parts of a certificate become tags.
///
/// @param specifier `*` for whatever there is, `CN`, `DNS`, `Name/*`, `Name/CN`
/// @see <a
///   href="https://docs.aws.amazon.com/rolesanywhere/latest/userguide/attribute-mapping.html">Certificate
///   attribute mapping</a>
record Mapping(CertificateField field, String specifier) {
  static final String ALL = "*";

  /// What a profile has until it is told otherwise.
  static final List<Mapping> USUAL =
      List.of(
          new Mapping(CertificateField.SUBJECT, ALL),
          new Mapping(CertificateField.ISSUER, ALL),
          new Mapping(CertificateField.SAN, "DNS"),
          new Mapping(CertificateField.SAN, "URI"),
          new Mapping(CertificateField.SAN, "Name/*"));

  /// A rule as a request writes it: AWS has three ways to say `Name/*`.
  static Mapping of(CertificateField field, Specifier specifier) {
    String text = specifier.value();
    boolean names = field == CertificateField.SAN && (text.equals("Name") || text.equals("Name/"));
    return new Mapping(field, names ? "Name/*" : text);
  }

  /// As the database has it.
  static Mapping read(String stored) {
    int colon = stored.indexOf(':');
    String name = stored.substring(0, colon);
    for (CertificateField field : CertificateField.values()) {
      if (field.toString().equals(name)) {
        return new Mapping(field, stored.substring(colon + 1));
      }
    }
    throw new IllegalStateException("no field of certificates is called " + name);
  }

  String stored() {
    return field + ":" + specifier;
  }

  static List<AttributeMapping> onWire(List<Mapping> mappings) {
    Map<CertificateField, List<MappingRule>> rules =
        mappings.stream()
            .collect(
                Collectors.groupingBy(
                    Mapping::field,
                    () -> new TreeMap<>(Comparator.comparing(CertificateField::toString)),
                    Collectors.mapping(
                        mapping -> new MappingRule(new Specifier(mapping.specifier())),
                        Collectors.toList())));
    return rules.entrySet().stream()
        .map(entry -> new AttributeMapping(entry.getKey(), entry.getValue()))
        .toList();
  }
}
