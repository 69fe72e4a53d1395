package dev.daypass.broker.saml;

import static dev.daypass.wire.ErrorCode.INVALID_IDENTITY_TOKEN;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Attr;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NamedNodeMap;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.ErrorHandler;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;

/// XML as attackers send it: no document type, so that no entity is ever resolved; nothing is
/// fetched; how deep it is and how many attributes an element has is bounded.
final class Xml {
  static final String PROTOCOL = "urn:oasis:names:tc:SAML:2.0:protocol";
  static final String ASSERTION = "urn:oasis:names:tc:SAML:2.0:assertion";
  static final String SIGNATURE = "http://www.w3.org/2000/09/xmldsig#";
  private static final String ID = "ID";
  private static final String DEEPEST = "64";
  private static final String MOST_ATTRIBUTES = "64";

  private Xml() {}

  static Document parse(byte[] text) {
    try {
      DocumentBuilder builder = factory().newDocumentBuilder();
      builder.setErrorHandler(new Silent());
      return builder.parse(new ByteArrayInputStream(text));
    } catch (SAXException | IOException e) {
      throw INVALID_IDENTITY_TOKEN.error("The SAMLResponse is no well-formed XML.");
    } catch (ParserConfigurationException e) {
      throw new IllegalStateException("the JDK's parser knows these features", e);
    }
  }

  /// The JDK's own parser, whatever else is on the class path.
  static DocumentBuilderFactory factory() throws ParserConfigurationException {
    DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultNSInstance();
    factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
    factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
    factory.setFeature("http://xml.org/sax/features/external-general-entities", false);
    factory.setFeature("http://xml.org/sax/features/external-parameter-entities", false);
    factory.setAttribute(XMLConstants.ACCESS_EXTERNAL_DTD, "");
    factory.setAttribute(XMLConstants.ACCESS_EXTERNAL_SCHEMA, "");
    factory.setAttribute("jdk.xml.maxElementDepth", DEEPEST);
    factory.setAttribute("jdk.xml.elementAttributeLimit", MOST_ATTRIBUTES);
    factory.setXIncludeAware(false);
    factory.setExpandEntityReferences(false);
    return factory;
  }

  /// Declares the `ID` attributes of a response and of what it holds as what signatures refer to.
  /// Where two elements say the same, whatever they call it, nobody knows which one is meant.
  static void identify(Document document) {
    Set<String> known = new HashSet<>();
    for (Element element : all(document)) {
      NamedNodeMap attributes = element.getAttributes();
      for (int i = 0; i < attributes.getLength(); i++) {
        Attr attribute = (Attr) attributes.item(i);
        if (attribute.getName().equalsIgnoreCase(ID)
            || "xml:id".equalsIgnoreCase(attribute.getName())) {
          if (!known.add(attribute.getValue())) {
            throw INVALID_IDENTITY_TOKEN.error("Two elements of the SAMLResponse have one ID.");
          }
        }
      }
      if (isOf(element, PROTOCOL, "Response") || isOf(element, ASSERTION, "Assertion")) {
        attribute(element, ID).ifPresent(_ -> element.setIdAttribute(ID, true));
      }
    }
  }

  static boolean isOf(Node node, String namespace, String name) {
    return node instanceof Element element
        && namespace.equals(element.getNamespaceURI())
        && name.equals(element.getLocalName());
  }

  /// All elements, wherever they are.
  static List<Element> all(Document document) {
    List<Element> all = new ArrayList<>();
    NodeList list = document.getElementsByTagName("*");
    for (int i = 0; i < list.getLength(); i++) {
      all.add((Element) list.item(i));
    }
    return all;
  }

  /// The elements of this name, wherever they are.
  static List<Element> all(Document document, String namespace, String name) {
    return all(document).stream().filter(element -> isOf(element, namespace, name)).toList();
  }

  /// The children of this name.
  static List<Element> children(Element parent, String namespace, String name) {
    List<Element> found = new ArrayList<>();
    for (Node child = parent.getFirstChild(); child != null; child = child.getNextSibling()) {
      if (isOf(child, namespace, name)) {
        found.add((Element) child);
      }
    }
    return found;
  }

  /// The one child of this name; refused where there are several.
  static Optional<Element> child(Element parent, String namespace, String name) {
    List<Element> found = children(parent, namespace, name);
    if (found.size() > 1) {
      throw INVALID_IDENTITY_TOKEN.error(
          "A %s of the SAMLResponse has several %s.".formatted(parent.getLocalName(), name));
    }
    return found.stream().findFirst();
  }

  static Optional<String> attribute(Element element, String name) {
    return element.hasAttributeNS(null, name)
        ? Optional.of(element.getAttributeNS(null, name))
        : Optional.empty();
  }

  /// The text of an element: all of it, however comments divide it.
  static String text(Element element) {
    return element.getTextContent().strip();
  }

  /// What is wrong is told to whoever called, and not to standard error.
  private static final class Silent implements ErrorHandler {
    @Override
    public void warning(SAXParseException exception) {}

    @Override
    public void error(SAXParseException exception) throws SAXException {
      throw exception;
    }

    @Override
    public void fatalError(SAXParseException exception) throws SAXException {
      throw exception;
    }
  }
}
