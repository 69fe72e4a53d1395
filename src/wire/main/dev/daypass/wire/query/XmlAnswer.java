package dev.daypass.wire.query;

import dev.daypass.wire.ApiError;
import dev.daypass.wire.Nothing;
import dev.daypass.wire.Secret;
import dev.daypass.wire.Service;
import dev.daypass.wire.codec.Naming;
import dev.daypass.wire.codec.Shapes;
import java.io.StringWriter;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/// Writes results and refusals as the XML that AWS's clients expect.
public final class XmlAnswer {
  private static final XMLOutputFactory XML = XMLOutputFactory.newFactory();

  private final XMLStreamWriter xml;

  private XmlAnswer(XMLStreamWriter xml) {
    this.xml = xml;
  }

  /// The answer to a call that succeeded.
  public static String success(Service service, String action, Object result, String requestId) {
    return document(answer -> answer.envelope(service, action, result, requestId));
  }

  /// The answer to a call that was refused.
  public static String failure(Service service, ApiError refusal, String requestId) {
    return document(answer -> answer.refusal(service, refusal, requestId));
  }

  private interface Content {
    void writeTo(XmlAnswer answer) throws XMLStreamException;
  }

  private static String document(Content content) {
    StringWriter text = new StringWriter();
    try {
      XMLStreamWriter xml = XML.createXMLStreamWriter(text);
      content.writeTo(new XmlAnswer(xml));
      xml.close();
    } catch (XMLStreamException e) {
      throw new AssertionError("writing to memory cannot fail", e);
    }
    return text.toString();
  }

  private void envelope(Service service, String action, Object result, String requestId)
      throws XMLStreamException {
    xml.writeStartElement(action + "Response");
    xml.writeDefaultNamespace(service.namespace());
    if (!(result instanceof Nothing)) {
      element(action + "Result", result);
    }
    xml.writeStartElement("ResponseMetadata");
    element("RequestId", requestId);
    xml.writeEndElement();
    xml.writeEndElement();
  }

  private void refusal(Service service, ApiError refusal, String requestId)
      throws XMLStreamException {
    xml.writeStartElement("ErrorResponse");
    xml.writeDefaultNamespace(service.namespace());
    xml.writeStartElement("Error");
    element("Type", refusal.code().type());
    element("Code", refusal.code().wireName());
    element("Message", refusal.text());
    xml.writeEndElement();
    element("RequestId", requestId);
    xml.writeEndElement();
  }

  private void element(String name, Object value) throws XMLStreamException {
    if (value instanceof Optional<?> optional) {
      if (optional.isPresent()) {
        element(name, optional.get());
      }
      return;
    }
    xml.writeStartElement(name);
    content(value);
    xml.writeEndElement();
  }

  private void content(Object value) throws XMLStreamException {
    switch (value) {
      case List<?> list -> {
        for (Object member : list) {
          element("member", member);
        }
      }
      case Map<?, ?> map -> {
        for (Map.Entry<?, ?> entry : map.entrySet()) {
          xml.writeStartElement("entry");
          element("key", entry.getKey());
          element("value", entry.getValue());
          xml.writeEndElement();
        }
      }
      case Record structure when !Shapes.isValueType(structure.getClass()) -> {
        for (Shapes.Component component : Shapes.components(structure.getClass())) {
          element(component.wireName(Naming.UPPER_CAMEL), component.in(structure));
        }
      }
      default -> characters(writable(text(value)));
    }
  }

  /// A carriage return is written as a reference: as itself it would be read as a line feed (XML
  /// 1.0 §2.11), and who compares a document with the one it gave would find another.
  private void characters(String text) throws XMLStreamException {
    int from = 0;
    for (int at = text.indexOf('\r'); at >= 0; at = text.indexOf('\r', from)) {
      xml.writeCharacters(text.substring(from, at));
      xml.writeEntityRef("#13");
      from = at + 1;
    }
    xml.writeCharacters(text.substring(from));
  }

  private static String text(Object value) {
    return switch (value) {
      // AWS writes whole seconds.
      case Instant instant -> instant.truncatedTo(ChronoUnit.SECONDS).toString();
      case Secret secret -> secret.revealText();
      default -> value.toString();
    };
  }

  /// XML 1.0 has no way to write some characters (§2.2); a document that held one would not parse.
  private static String writable(String text) {
    if (isPlain(text)) {
      return text;
    }
    StringBuilder written = new StringBuilder(text.length());
    text.codePoints().map(c -> isXmlCharacter(c) ? c : '\uFFFD').forEach(written::appendCodePoint);
    return written.toString();
  }

  private static boolean isPlain(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < ' ' || text.charAt(i) > '\uD7FF') {
        return false;
      }
    }
    return true;
  }

  private static boolean isXmlCharacter(int c) {
    return c == '\t'
        || c == '\n'
        || c == '\r'
        || (c >= 0x20 && c <= 0xD7FF)
        || (c >= 0xE000 && c <= 0xFFFD)
        || c >= 0x10000;
  }
}
