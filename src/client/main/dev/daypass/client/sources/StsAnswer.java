package dev.daypass.client.sources;

import java.io.IOException;
import java.io.StringReader;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/// The XML of an STS answer, by the names of its elements: none of those that are read comes twice.
/// Without a document type: no entity is ever resolved.
record StsAnswer(Map<String, String> elements) {
  /// Fails with [IOException] for what is no such answer.
  static StsAnswer read(String body) throws IOException {
    XMLInputFactory factory = XMLInputFactory.newFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_COALESCING, true);
    try {
      return new StsAnswer(elements(factory.createXMLStreamReader(new StringReader(body))));
    } catch (XMLStreamException e) {
      throw new IOException("the answer is not STS's", e);
    }
  }

  private static Map<String, String> elements(XMLStreamReader xml) throws XMLStreamException {
    Map<String, String> elements = new HashMap<>();
    StringBuilder text = new StringBuilder();
    while (xml.hasNext()) {
      switch (xml.next()) {
        case XMLStreamConstants.START_ELEMENT -> text.setLength(0);
        case XMLStreamConstants.CHARACTERS -> text.append(xml.getText());
        case XMLStreamConstants.END_ELEMENT -> {
          elements.putIfAbsent(xml.getLocalName(), text.toString().strip());
          text.setLength(0);
        }
        default -> {
          // Comments and the like say nothing.
        }
      }
    }
    return elements;
  }

  Optional<String> find(String name) {
    return Optional.ofNullable(elements.get(name)).filter(value -> !value.isEmpty());
  }

  String get(String name) throws IOException {
    return find(name).orElseThrow(() -> new IOException("the answer has no " + name));
  }
}
