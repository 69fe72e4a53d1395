package dev.daypass.broker.rolesanywhere;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import javax.security.auth.x500.X500Principal;

/// The attributes of distinguished names, as tags name them.
final class Names {
  /// What else than RFC 4514 names is known (X.520, PKCS #9).
  private static final Map<String, String> KEYWORDS =
      Map.ofEntries(
          Map.entry("2.5.4.3", "CN"),
          Map.entry("2.5.4.4", "SN"),
          Map.entry("2.5.4.5", "SERIALNUMBER"),
          Map.entry("2.5.4.6", "C"),
          Map.entry("2.5.4.7", "L"),
          Map.entry("2.5.4.8", "ST"),
          Map.entry("2.5.4.9", "STREET"),
          Map.entry("2.5.4.10", "O"),
          Map.entry("2.5.4.11", "OU"),
          Map.entry("2.5.4.12", "T"),
          Map.entry("2.5.4.42", "GN"),
          Map.entry("2.5.4.43", "INITIALS"),
          Map.entry("2.5.4.44", "GENERATION"),
          Map.entry("2.5.4.46", "DNQ"),
          Map.entry("2.5.4.65", "PSEUDONYM"),
          Map.entry("0.9.2342.19200300.100.1.1", "UID"),
          Map.entry("0.9.2342.19200300.100.1.25", "DC"),
          Map.entry("1.2.840.113549.1.9.1", "E"));

  private Names() {}

  /// The name as text (RFC 4514).
  static String text(X500Principal name) {
    return name.getName(X500Principal.RFC2253, KEYWORDS);
  }

  /// What a name says, by attribute. Where it says several values of one, they are joined with `/`,
  /// in their order. What is of a kind that nobody knows is left out.
  static Map<String, String> attributes(X500Principal name) {
    Map<String, List<String>> all = new LinkedHashMap<>();
    for (Rdn rdn : rdns(name)) {
      for (Rdn part : parts(rdn)) {
        if (KEYWORDS.containsValue(part.getType()) && part.getValue() instanceof String text) {
          all.computeIfAbsent(part.getType(), _ -> new ArrayList<>()).add(text);
        }
      }
    }
    return all.entrySet().stream()
        .collect(
            Collectors.toMap(
                Map.Entry::getKey,
                entry -> String.join("/", entry.getValue()),
                (one, _) -> one,
                LinkedHashMap::new));
  }

  /// In the order of the certificate: [LdapName] counts from the right, which is the first.
  private static List<Rdn> rdns(X500Principal name) {
    try {
      return new LdapName(text(name)).getRdns();
    } catch (InvalidNameException e) {
      throw new IllegalStateException("a name that was read can be read", e);
    }
  }

  private static List<Rdn> parts(Rdn rdn) {
    if (rdn.size() == 1) {
      return List.of(rdn);
    }
    List<Rdn> parts = new ArrayList<>();
    rdn.toAttributes()
        .getAll()
        .asIterator()
        .forEachRemaining(attribute -> parts.addAll(values(attribute)));
    return parts;
  }

  private static List<Rdn> values(javax.naming.directory.Attribute attribute) {
    List<Rdn> values = new ArrayList<>();
    try {
      for (int i = 0; i < attribute.size(); i++) {
        values.add(new Rdn(attribute.getID(), attribute.get(i)));
      }
    } catch (javax.naming.NamingException e) {
      throw new IllegalStateException("a name that was read can be read", e);
    }
    return values;
  }
}
