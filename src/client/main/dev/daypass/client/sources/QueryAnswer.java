package dev.daypass.client.sources;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/// The XML of an answer of the query protocol. Without a document type: no entity is ever resolved.
///
/// @param elements by their names; of several with one name the first
/// @param members what each `member` of a list has, the inner ones of nested lists first
/// @see <a href="https://smithy.io/2.0/aws/protocols/aws-query-protocol.html">AWS query
///   protocol</a>
public record QueryAnswer(Map<String, String> elements, List<Map<String, String>> members) {
  private static final String MEMBER = "member";

  /// Fails with [IOException] for what is no such answer.
  static QueryAnswer read(String body) throws IOException {
    XMLInputFactory factory = XMLInputFactory.newFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_COALESCING, true);
    try {
      return read(factory.createXMLStreamReader(new StringReader(body)));
    } catch (XMLStreamException e) {
      throw new IOException("the answer is no XML", e);
    }
  }

  private static QueryAnswer read(XMLStreamReader xml) throws XMLStreamException {
    Deque<Map<String, String>> open = new ArrayDeque<>(List.of(new HashMap<>()));
    QueryAnswer answer = new QueryAnswer(open.getFirst(), new ArrayList<>());
    StringBuilder text = new StringBuilder();
    while (xml.hasNext()) {
      switch (xml.next()) {
        case XMLStreamConstants.START_ELEMENT -> {
          text.setLength(0);
          if (xml.getLocalName().equals(MEMBER)) {
            open.push(new HashMap<>());
          }
        }
        case XMLStreamConstants.CHARACTERS -> text.append(xml.getText());
        case XMLStreamConstants.END_ELEMENT -> {
          answer.end(xml.getLocalName(), text.toString().strip(), open);
          text.setLength(0);
        }
        default -> {
          // Comments and the like say nothing.
        }
      }
    }
    return answer;
  }

  private void end(String name, String text, Deque<Map<String, String>> open) {
    if (name.equals(MEMBER)) {
      Map<String, String> member = open.pop();
      member.put(MEMBER, text);
      members.add(member);
    } else {
      open.getFirst().putIfAbsent(name, text);
      elements.putIfAbsent(name, text);
    }
  }

  public Optional<String> find(String name) {
    return Optional.ofNullable(elements.get(name)).filter(value -> !value.isEmpty());
  }

  /// Fails with [IOException] where there is none.
  public String get(String name) throws IOException {
    return find(name).orElseThrow(() -> new IOException("the answer has no " + name));
  }

  /// What it has may be secret.
  @Override
  public String toString() {
    return "QueryAnswer";
  }
}
