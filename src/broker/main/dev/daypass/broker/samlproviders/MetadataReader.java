package dev.daypass.broker.samlproviders;

import java.io.StringReader;
import java.security.cert.X509Certificate;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.xml.XMLConstants;
import javax.xml.namespace.QName;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/// Reads the metadata of one identity provider: an `EntityDescriptor` with an `IDPSSODescriptor`
/// for SAML 2.0 and at least one certificate to check signatures with. A document type is refused
/// before anything in it is looked at, so no entity is ever resolved; nothing is fetched. A
/// signature on the metadata is not looked at, as in AWS: who uploads it vouches for it.
///
/// @see <a href="https://docs.oasis-open.org/security/saml/v2.0/saml-metadata-2.0-os.pdf">SAML V2.0
///   Metadata</a>
final class MetadataReader {
  private static final String METADATA = "urn:oasis:names:tc:SAML:2.0:metadata";
  private static final String SIGNATURE = "http://www.w3.org/2000/09/xmldsig#";
  private static final String SAML_2 = "urn:oasis:names:tc:SAML:2.0:protocol";
  private static final String SIGNING = "signing";
  private static final String ENCRYPTION = "encryption";
  private static final int LONGEST_ENTITY_ID = 1024;
  private static final int MOST_CERTIFICATES = 20;
  private static final int DEEPEST = 64;

  private final XMLStreamReader xml;
  private final List<X509Certificate> certificates = new ArrayList<>();
  private Instant validUntil = Instant.MAX;
  private boolean identityProvider;

  /// What is done with a child of an element; it reads the child to its end.
  private interface Step {
    void read() throws XMLStreamException, MalformedMetadata;
  }

  private MetadataReader(XMLStreamReader xml) {
    this.xml = xml;
  }

  static SamlMetadata read(String document) throws MalformedMetadata {
    try {
      XMLStreamReader xml = factory().createXMLStreamReader(new StringReader(document));
      return new MetadataReader(xml).document();
    } catch (XMLStreamException e) {
      throw new MalformedMetadata(
          e.getLocation() == null
              ? "It is no well-formed XML."
              : "It is no well-formed XML: see line %d, column %d."
                  .formatted(e.getLocation().getLineNumber(), e.getLocation().getColumnNumber()));
    }
  }

  /// The JDK's own parser, whatever else is on the class path.
  private static XMLInputFactory factory() {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLConstants.ACCESS_EXTERNAL_DTD, "");
    return factory;
  }

  private SamlMetadata document() throws XMLStreamException, MalformedMetadata {
    String encoding = xml.getCharacterEncodingScheme();
    if (encoding != null && !encoding.equalsIgnoreCase("UTF-8")) {
      throw new MalformedMetadata("It must be in UTF-8.");
    }
    while (next() != XMLStreamConstants.START_ELEMENT) {
      // Comments and processing instructions may come first.
    }
    if (!xml.getName().equals(new QName(METADATA, "EntityDescriptor"))) {
      throw new MalformedMetadata("It is no EntityDescriptor of SAML 2.0.");
    }
    String entityId = entityId();
    narrow();
    children(Map.of(new QName(METADATA, "IDPSSODescriptor"), this::descriptor));
    while (xml.hasNext()) {
      next();
    }
    return metadata(entityId);
  }

  private SamlMetadata metadata(String entityId) throws MalformedMetadata {
    if (!identityProvider) {
      throw new MalformedMetadata("It has no IDPSSODescriptor for SAML 2.0.");
    }
    if (certificates.isEmpty()) {
      throw new MalformedMetadata("It has no certificate for signatures.");
    }
    return new SamlMetadata(
        entityId,
        certificates.stream().distinct().toList(),
        validUntil.equals(Instant.MAX) ? Optional.empty() : Optional.of(validUntil));
  }

  private String entityId() throws MalformedMetadata {
    String id = attribute("entityID").orElse("");
    if (id.isBlank()
        || id.length() > LONGEST_ENTITY_ID
        || id.chars().anyMatch(Character::isISOControl)) {
      throw new MalformedMetadata("Its entityID is missing, too long, or no URI.");
    }
    return id;
  }

  /// A role may speak several protocols, whose names are told apart by white space.
  private void descriptor() throws XMLStreamException, MalformedMetadata {
    String protocols = attribute("protocolSupportEnumeration").orElse("");
    if (!List.of(protocols.strip().split("\\s+")).contains(SAML_2)) {
      skip();
      return;
    }
    identityProvider = true;
    narrow();
    children(Map.of(new QName(METADATA, "KeyDescriptor"), this::key));
  }

  /// A key without a use has every use.
  private void key() throws XMLStreamException, MalformedMetadata {
    switch (attribute("use").orElse(SIGNING)) {
      case SIGNING -> children(Map.of(new QName(SIGNATURE, "KeyInfo"), this::keyInfo));
      case ENCRYPTION -> skip();
      default -> throw new MalformedMetadata("A key has a use that is unknown.");
    }
  }

  private void keyInfo() throws XMLStreamException, MalformedMetadata {
    children(Map.of(new QName(SIGNATURE, "X509Data"), this::certificates));
  }

  private void certificates() throws XMLStreamException, MalformedMetadata {
    children(Map.of(new QName(SIGNATURE, "X509Certificate"), this::certificate));
  }

  private void certificate() throws XMLStreamException, MalformedMetadata {
    if (certificates.size() == MOST_CERTIFICATES) {
      throw new MalformedMetadata(
          "It has more than %d certificates for signatures.".formatted(MOST_CERTIFICATES));
    }
    certificates.add(SigningCertificate.parse(xml.getElementText()));
  }

  /// Takes the validity of the element into account: it is true no longer than what it is within.
  private void narrow() throws MalformedMetadata {
    Optional<String> text = attribute("validUntil");
    if (text.isPresent()) {
      Instant own = time(text.get());
      validUntil = own.isBefore(validUntil) ? own : validUntil;
    }
  }

  /// SAML's times are in UTC, whether or not they say so (SAML V2.0 Core §1.3.3).
  private static Instant time(String text) throws MalformedMetadata {
    try {
      boolean zoned = text.matches(".*(Z|[+-]\\d\\d:\\d\\d)");
      OffsetDateTime time =
          zoned ? OffsetDateTime.parse(text) : LocalDateTime.parse(text).atOffset(ZoneOffset.UTC);
      if (time.getYear() >= 1 && time.getYear() <= 9999) {
        return time.toInstant();
      }
    } catch (DateTimeException _) {
      // Told below.
    }
    throw new MalformedMetadata("A validUntil is no time.");
  }

  private Optional<String> attribute(String name) {
    return Optional.ofNullable(xml.getAttributeValue(null, name));
  }

  /// Reads the current element to its end: what has a step is read by it, anything else passed
  /// over.
  private void children(Map<QName, Step> steps) throws XMLStreamException, MalformedMetadata {
    for (int event = next(); event != XMLStreamConstants.END_ELEMENT; event = next()) {
      if (event == XMLStreamConstants.START_ELEMENT) {
        steps.getOrDefault(xml.getName(), this::skip).read();
      }
    }
  }

  private void skip() throws XMLStreamException, MalformedMetadata {
    for (int depth = 1; depth > 0; ) {
      int event = next();
      if (event == XMLStreamConstants.START_ELEMENT) {
        depth++;
      } else if (event == XMLStreamConstants.END_ELEMENT) {
        depth--;
      }
      if (depth > DEEPEST) {
        throw new MalformedMetadata("Its elements are too deep within each other.");
      }
    }
  }

  private int next() throws XMLStreamException, MalformedMetadata {
    int event = xml.next();
    if (event == XMLStreamConstants.DTD || event == XMLStreamConstants.ENTITY_REFERENCE) {
      throw new MalformedMetadata("It must have no document type and no entities.");
    }
    return event;
  }
}
